output "cluster_name" {
  description = "For `aws eks update-kubeconfig --name`."
  value       = module.cluster.name
}

output "database_endpoint" {
  description = "host:port of PostgreSQL, reachable from the cluster only."
  value       = module.database.endpoint
}

output "cache_endpoint" {
  description = "host:port of Redis over TLS, reachable from the cluster only."
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
  description = "Role of the pipeline: the variable AWS_ROLE of the GitHub environment."
  value       = module.identity.deployer_arn
}

output "firewall" {
  description = "For the annotation alb.ingress.kubernetes.io/wafv2-acl-arn of the Ingress."
  value       = module.edge.firewall_arn
}
