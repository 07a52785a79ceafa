locals {
  name       = "ecolocal-${var.environment}"
  production = var.environment == "production"
}

module "network" {
  source = "./modules/network"
  name   = local.name
  region = var.region
  range  = var.network_range
}

module "cluster" {
  source       = "./modules/cluster"
  name         = local.name
  project      = var.project
  region       = var.region
  network_id   = module.network.id
  subnet_id    = module.network.subnet_id
  admin_ranges = var.admin_ranges
  production   = local.production
}

module "database" {
  source      = "./modules/database"
  name        = local.name
  region      = var.region
  network_id  = module.network.private_services_network_id
  class       = var.database_class
  backup_days = var.backup_days
  production  = local.production
}

module "cache" {
  source     = "./modules/cache"
  name       = local.name
  region     = var.region
  network_id = module.network.private_services_network_id
  gigabytes  = var.cache_gigabytes
  production = local.production
}

module "storage" {
  source  = "./modules/storage"
  name    = local.name
  project = var.project
  region  = var.region
}

module "secrets" {
  source = "./modules/secrets"
  name   = local.name
}

module "registry" {
  source = "./modules/registry"
  name   = local.name
  region = var.region
}

module "identity" {
  source        = "./modules/identity"
  name          = local.name
  environment   = var.environment
  project       = var.project
  region        = var.region
  bucket        = module.storage.bucket
  secret_ids    = module.secrets.ids
  repository_id = module.registry.id
  repository    = var.repository
}

module "edge" {
  source = "./modules/edge"
  name   = local.name
}

module "monitoring" {
  source      = "./modules/monitoring"
  name        = local.name
  project     = var.project
  database_id = module.database.id
  cache_id    = module.cache.id
  email       = var.alert_email
}
