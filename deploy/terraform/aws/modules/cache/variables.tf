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

variable "password" {
  type      = string
  sensitive = true
}

variable "replicas" {
  type = number
}
