# Not validated against the provider: see ../README.md.
variable "environment" {
  type = string
  validation {
    condition     = contains(["dev", "staging", "production"], var.environment)
    error_message = "The environment is dev, staging or production."
  }
}

variable "project" {
  type = string
}

variable "region" {
  type    = string
  default = "europe-west3"
}

variable "network" {
  type        = string
  description = "Network of the cluster, with private services access."
}

locals {
  name = "ecolocal-${var.environment}"
}

resource "google_sql_database_instance" "database" {
  name                = local.name
  project             = var.project
  region              = var.region
  database_version    = "POSTGRES_17"
  deletion_protection = var.environment == "production"
  settings {
    tier              = "db-custom-2-4096"
    edition           = "ENTERPRISE"
    availability_type = var.environment == "production" ? "REGIONAL" : "ZONAL"
    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network
      ssl_mode        = "ENCRYPTED_ONLY"
    }
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7
    }
  }
}

resource "google_storage_bucket" "backups" {
  name                        = "${var.project}-${local.name}-backups"
  project                     = var.project
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  versioning {
    enabled = true
  }
}

resource "google_secret_manager_secret" "secrets" {
  for_each  = toset(["database-url", "backup-key"])
  secret_id = "${local.name}-${each.key}"
  project   = var.project
  replication {
    auto {}
  }
}

resource "google_artifact_registry_repository" "images" {
  repository_id = local.name
  project       = var.project
  location      = var.region
  format        = "DOCKER"
}

resource "google_service_account" "sync" {
  account_id = "${local.name}-sync"
  project    = var.project
}

resource "google_service_account_iam_member" "workload_identity" {
  service_account_id = google_service_account.sync.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project}.svc.id.goog[${local.name}/sync]"
}

resource "google_storage_bucket_iam_member" "backups" {
  bucket = google_storage_bucket.backups.name
  role   = "roles/storage.objectUser"
  member = google_service_account.sync.member
}

resource "google_secret_manager_secret_iam_member" "secrets" {
  for_each  = google_secret_manager_secret.secrets
  secret_id = each.value.id
  project   = var.project
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.sync.member
}

output "backup_bucket" {
  value = google_storage_bucket.backups.name
}

output "service_account" {
  value = google_service_account.sync.email
}
