locals {
  name       = "ecolocal-${var.environment}"
  production = var.environment == "production"
}

module "network" {
  source = "./modules/network"
  name   = local.name
  region = var.region
  range  = var.network_range
  zones  = var.zones
}

module "cluster" {
  source       = "./modules/cluster"
  name         = local.name
  subnet_ids   = module.network.private_subnet_ids
  admin_ranges = var.admin_ranges
  node_class   = var.node_class
  log_days     = local.production ? 90 : 14
}

module "database" {
  source                    = "./modules/database"
  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  cluster_security_group_id = module.cluster.security_group_id
  class                     = var.database_class
  backup_days               = var.backup_days
  production                = local.production
}

module "cache" {
  source                    = "./modules/cache"
  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  cluster_security_group_id = module.cluster.security_group_id
  class                     = var.cache_class
  password                  = var.cache_password
  replicas                  = local.production ? 1 : 0
}

module "storage" {
  source = "./modules/storage"
  name   = local.name
}

module "secrets" {
  source = "./modules/secrets"
  name   = local.name
}

module "registry" {
  source = "./modules/registry"
  name   = local.name
}

module "identity" {
  source          = "./modules/identity"
  name            = local.name
  environment     = var.environment
  cluster_name    = module.cluster.name
  cluster_arn     = module.cluster.arn
  bucket_arn      = module.storage.bucket_arn
  secret_arns     = module.secrets.arns
  secrets_key_arn = module.secrets.key_arn
  repository_arn  = module.registry.arn
  repository      = var.repository
}

module "edge" {
  source = "./modules/edge"
  name   = local.name
}

module "monitoring" {
  source      = "./modules/monitoring"
  name        = local.name
  region      = var.region
  database_id = module.database.id
  cache_id    = module.cache.member_id
  email       = var.alert_email
}
