output "name" {
  value = google_container_cluster.main.name
}
