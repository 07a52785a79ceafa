environment = "dev"
project     = "example-project"
region      = "europe-west3"
repository  = "example/ecolocal"
alert_email = "ops@example.org"
backup_days = 7
