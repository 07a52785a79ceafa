environment    = "production"
project        = "example-project"
region         = "europe-west3"
repository     = "example/ecolocal"
alert_email    = "ops@example.org"
database_class = "db-custom-4-8192"
backup_days    = 35
