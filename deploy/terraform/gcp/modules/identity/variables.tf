variable "name" {
  description = "Also the namespace of the server."
  type        = string
}

variable "environment" {
  type = string
}

variable "project" {
  type = string
}

variable "region" {
  type = string
}

variable "bucket" {
  type = string
}

variable "secret_ids" {
  type = map(string)
}

variable "repository_id" {
  type = string
}

variable "repository" {
  type = string
}
