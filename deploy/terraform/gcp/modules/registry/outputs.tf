output "id" {
  value = google_artifact_registry_repository.main.id
}

output "url" {
  value = "${google_artifact_registry_repository.main.location}-docker.pkg.dev/${google_artifact_registry_repository.main.project}/${google_artifact_registry_repository.main.repository_id}/sync-server"
}
