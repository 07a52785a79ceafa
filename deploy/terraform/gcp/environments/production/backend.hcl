bucket = "example-terraform-state"
prefix = "ecolocal/production"
