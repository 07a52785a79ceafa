environment = "staging"
region      = "eu-central-1"
zones       = ["eu-central-1a", "eu-central-1b"]
repository  = "example/ecolocal"
alert_email = "ops@example.org"
