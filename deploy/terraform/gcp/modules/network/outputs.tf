output "id" {
  value = google_compute_network.main.id
}

output "subnet_id" {
  value = google_compute_subnetwork.main.id
}

output "private_services_network_id" {
  description = "The network, once managed services can have addresses in it."
  value       = google_service_networking_connection.services.network
}
