# Redis carries what is under way between the nodes; nothing durable, hence no snapshots.
resource "google_redis_instance" "main" {
  name                    = var.name
  region                  = var.region
  tier                    = var.production ? "STANDARD_HA" : "BASIC"
  memory_size_gb          = var.gigabytes
  redis_version           = "REDIS_7_2"
  authorized_network      = var.network_id
  connect_mode            = "PRIVATE_SERVICE_ACCESS"
  auth_enabled            = true
  transit_encryption_mode = "SERVER_AUTHENTICATION"
  persistence_config {
    persistence_mode = "DISABLED"
  }
  maintenance_policy {
    weekly_maintenance_window {
      day = "SUNDAY"
      start_time {
        hours   = 4
        minutes = 0
        seconds = 0
        nanos   = 0
      }
    }
  }
}
