variable "name" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "admin_ranges" {
  type = list(string)
}

variable "node_class" {
  type = string
}

variable "log_days" {
  type = number
}
