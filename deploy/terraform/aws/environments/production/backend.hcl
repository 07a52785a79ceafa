bucket       = "example-terraform-state"
key          = "ecolocal/production.tfstate"
region       = "eu-central-1"
encrypt      = true
use_lockfile = true
