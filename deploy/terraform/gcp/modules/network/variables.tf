variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "range" {
  type = string
}
