variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "database_id" {
  type = string
}

variable "cache_id" {
  type = string
}

variable "email" {
  type = string
}
