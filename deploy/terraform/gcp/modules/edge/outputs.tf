output "firewall_name" {
  value = google_compute_security_policy.main.name
}
