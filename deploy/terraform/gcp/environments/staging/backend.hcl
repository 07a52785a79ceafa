bucket = "example-terraform-state"
prefix = "ecolocal/staging"
