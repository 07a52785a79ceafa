bucket       = "example-terraform-state"
key          = "ecolocal/dev.tfstate"
region       = "eu-central-1"
encrypt      = true
use_lockfile = true
