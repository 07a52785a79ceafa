output "deployer_email" {
  value = google_service_account.deployer.email
}
