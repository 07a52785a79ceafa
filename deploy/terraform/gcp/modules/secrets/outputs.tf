output "ids" {
  value = { for name, secret in google_secret_manager_secret.main : name => secret.id }
}
