variable "name" {
  type = string
}

variable "project" {
  type = string
}

variable "region" {
  type = string
}
