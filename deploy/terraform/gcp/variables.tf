variable "environment" {
  description = "dev, staging or production; part of every name."
  type        = string
  validation {
    condition     = contains(["dev", "staging", "production"], var.environment)
    error_message = "The environment is dev, staging or production."
  }
}

variable "project" {
  description = "Google Cloud project, by its id."
  type        = string
}

variable "region" {
  description = "Where everything lives, such as europe-west3."
  type        = string
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

variable "database_class" {
  description = "Machine of the database."
  type        = string
  default     = "db-custom-2-4096"
}

variable "cache_gigabytes" {
  description = "Memory of Redis; it holds no data that could be lost."
  type        = number
  default     = 1
}

variable "backup_days" {
  description = "How many daily backups of the database are kept; to the second it goes back a week."
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
