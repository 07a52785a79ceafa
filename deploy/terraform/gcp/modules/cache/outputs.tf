output "id" {
  value = google_redis_instance.main.id
}

output "endpoint" {
  value = "${google_redis_instance.main.host}:${google_redis_instance.main.port}"
}
