variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "network_id" {
  type = string
}

variable "class" {
  type = string
}

variable "backup_days" {
  type = number
}

variable "production" {
  description = "Two zones and protected from deletion."
  type        = bool
}
