variable "environment" {
  description = "dev, staging or production; part of every name."
  type        = string
  validation {
    condition     = contains(["dev", "staging", "production"], var.environment)
    error_message = "The environment is dev, staging or production."
  }
}

variable "region" {
  description = "Where everything lives, such as eu-central-1."
  type        = string
}

variable "zones" {
  description = "Availability zones of the region, two or more."
  type        = list(string)
  validation {
    condition     = length(var.zones) >= 2
    error_message = "The database and the nodes need at least two zones."
  }
}

variable "network_range" {
  description = "Private addresses of the network, a /16 that nothing else of yours uses."
  type        = string
  default     = "10.80.0.0/16"
  validation {
    condition     = can(cidrnetmask(var.network_range)) && endswith(var.network_range, "/16")
    error_message = "The network is a range such as 10.80.0.0/16."
  }
}

variable "admin_ranges" {
  description = "Addresses from which the Kubernetes API may be reached; empty: only from inside the network."
  type        = list(string)
  default     = []
  validation {
    condition     = !contains(var.admin_ranges, "0.0.0.0/0")
    error_message = "The Kubernetes API is not opened to the whole internet."
  }
}

variable "node_class" {
  description = "Machine of the cluster's nodes."
  type        = string
  default     = "t4g.medium"
}

variable "database_class" {
  description = "Machine of the database."
  type        = string
  default     = "db.t4g.medium"
}

variable "cache_class" {
  description = "Machine of Redis; it holds no data that could be lost."
  type        = string
  default     = "cache.t4g.micro"
}

variable "cache_password" {
  description = "Password of Redis, from the environment (TF_VAR_cache_password), never from a file in the repository."
  type        = string
  sensitive   = true
  validation {
    condition     = length(var.cache_password) >= 32 && can(regex("^[A-Za-z0-9-]+$", var.cache_password))
    error_message = "The password of Redis has 32 letters, digits or hyphens, or more: openssl rand -hex 24."
  }
}

variable "backup_days" {
  description = "How far back the database can be restored to a second."
  type        = number
  default     = 14
  validation {
    condition     = var.backup_days >= 7 && var.backup_days <= 35
    error_message = "Keep backups for 7 to 35 days."
  }
}

variable "alert_email" {
  description = "Who hears when the database or Redis are in trouble."
  type        = string
  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.alert_email))
    error_message = "An email address is needed, or nobody hears the alarms."
  }
}

variable "repository" {
  description = "GitHub repository whose pipeline deploys, as owner/name."
  type        = string
  validation {
    condition     = can(regex("^[^/* ]+/[^/* ]+$", var.repository))
    error_message = "The repository is owner/name, without wildcards."
  }
}
