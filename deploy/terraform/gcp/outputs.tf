output "cluster_name" {
  description = "For `gcloud container clusters get-credentials`."
  value       = module.cluster.name
}

output "database_endpoint" {
  description = "host:port of PostgreSQL, reachable from the network only."
  value       = module.database.endpoint
}

output "cache_endpoint" {
  description = "host:port of Redis over TLS, reachable from the network only."
  value       = module.cache.endpoint
}

output "backup_bucket" {
  description = "Where backups go."
  value       = module.storage.bucket
}

output "image_repository" {
  description = "Where the image is pushed."
  value       = module.registry.url
}

output "deployer" {
  description = "Service account of the pipeline, by workload identity federation."
  value       = module.identity.deployer_email
}

output "firewall" {
  description = "For spec.securityPolicy of the GCPBackendPolicy of the Service."
  value       = module.edge.firewall_name
}
