output "endpoint" {
  value = "${aws_elasticache_replication_group.main.primary_endpoint_address}:6379"
}

output "member_id" {
  description = "First machine, for alarms."
  value       = "${var.name}-001"
}
