variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "cluster_security_group_id" {
  type = string
}

variable "class" {
  type = string
}

variable "backup_days" {
  type = number
}

variable "production" {
  description = "Two zones, protected from deletion, a last snapshot."
  type        = bool
}
