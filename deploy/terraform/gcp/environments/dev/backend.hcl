bucket = "example-terraform-state"
prefix = "ecolocal/dev"
