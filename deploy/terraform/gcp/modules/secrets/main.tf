# Only the places: what is in them is put there by people or rotation, so that it is in no state file.
resource "google_secret_manager_secret" "main" {
  for_each  = toset(["database-url", "redis-url", "backup-key"])
  secret_id = "${var.name}-${each.key}"
  replication {
    auto {}
  }
}
