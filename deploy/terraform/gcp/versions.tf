terraform {
  required_version = ">= 1.9"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.30"
    }
  }
  backend "gcs" {}
}

provider "google" {
  project        = var.project
  region         = var.region
  default_labels = { project = "ecolocal", environment = var.environment }
}
