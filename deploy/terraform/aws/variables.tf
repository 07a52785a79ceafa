variable "environment" {
  description = "dev, staging or production; part of every name."
  type        = string
  validation {
    condition     = contains(["dev", "staging", "production"], var.environment)
    error_message = "The environment is dev, staging or production."
  }
}

variable "vpc_id" {
  type        = string
  description = "Network of the cluster."
}

variable "private_subnet_ids" {
  type        = list(string)
  description = "Subnets without a way in from the internet, in two zones or more."
  validation {
    condition     = length(var.private_subnet_ids) >= 2
    error_message = "The database needs subnets in at least two zones."
  }
}

variable "cluster_security_group_id" {
  type        = string
  description = "Security group of the nodes; only they reach the database."
}

variable "oidc_provider_arn" {
  type        = string
  description = "OIDC provider of the cluster, for identities of pods."
}

variable "oidc_issuer" {
  type        = string
  description = "Issuer of the cluster without https://."
}

variable "database_class" {
  type    = string
  default = "db.t4g.medium"
}

variable "backup_days" {
  type        = number
  default     = 14
  description = "How far back the database can be restored to a second."
  validation {
    condition     = var.backup_days >= 7 && var.backup_days <= 35
    error_message = "Keep backups for 7 to 35 days."
  }
}
