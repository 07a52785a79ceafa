output "id" {
  value = google_sql_database_instance.main.name
}

output "endpoint" {
  value = "${google_sql_database_instance.main.private_ip_address}:5432"
}
