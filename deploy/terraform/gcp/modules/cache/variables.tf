variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "network_id" {
  type = string
}

variable "gigabytes" {
  type = number
}

variable "production" {
  type = bool
}
