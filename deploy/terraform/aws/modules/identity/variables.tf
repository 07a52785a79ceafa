variable "name" {
  description = "Also the namespace of the server."
  type        = string
}

variable "environment" {
  type = string
}

variable "cluster_name" {
  type = string
}

variable "cluster_arn" {
  type = string
}

variable "bucket_arn" {
  type = string
}

variable "secret_arns" {
  type = map(string)
}

variable "secrets_key_arn" {
  type = string
}

variable "repository_arn" {
  type = string
}

variable "repository" {
  type = string
}
