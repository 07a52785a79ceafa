variable "name" {
  type = string
}

variable "project" {
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
