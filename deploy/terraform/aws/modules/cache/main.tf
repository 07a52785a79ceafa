# Redis carries what is under way between the nodes; nothing durable, hence no snapshots.
resource "aws_elasticache_subnet_group" "main" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "main" {
  name        = "${var.name}-cache"
  description = "Redis of EcoLocal, from the cluster only"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "main" {
  security_group_id            = aws_security_group.main.id
  referenced_security_group_id = var.cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id       = var.name
  description                = "Fan-out, presence and rate limits of EcoLocal"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = var.class
  num_cache_clusters         = 1 + var.replicas
  automatic_failover_enabled = var.replicas > 0
  multi_az_enabled           = var.replicas > 0
  transit_encryption_enabled = true
  at_rest_encryption_enabled = true
  auth_token                 = var.password
  auth_token_update_strategy = "ROTATE"
  snapshot_retention_limit   = 0
  subnet_group_name          = aws_elasticache_subnet_group.main.name
  security_group_ids         = [aws_security_group.main.id]
}
