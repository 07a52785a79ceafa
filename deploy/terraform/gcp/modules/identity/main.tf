# Three identities, each with what it needs: the pods' (one bucket), the secrets operator's (three secrets), the pipeline's
# (push one image; what it may do in the cluster is a RoleBinding's, see ../../../README.md).
locals {
  pods = {
    sync             = { namespace = var.name, account = "sync" }
    external-secrets = { namespace = "external-secrets", account = "external-secrets" }
  }
}

resource "google_service_account" "pods" {
  for_each     = local.pods
  account_id   = substr("${var.name}-${each.key}", 0, 30)
  display_name = "EcoLocal ${var.environment}: ${each.key}"
}

resource "google_service_account_iam_member" "pods" {
  for_each           = local.pods
  service_account_id = google_service_account.pods[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project}.svc.id.goog[${each.value.namespace}/${each.value.account}]"
}

resource "google_storage_bucket_iam_member" "backups" {
  bucket = var.bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.pods["sync"].member
}

resource "google_secret_manager_secret_iam_member" "secrets" {
  for_each  = var.secret_ids
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.pods["external-secrets"].member
}

resource "google_iam_workload_identity_pool" "github" {
  workload_identity_pool_id = "${var.name}-github"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  attribute_condition                = "assertion.sub == \"repo:${var.repository}:environment:${var.environment}\""
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account" "deployer" {
  account_id   = "${var.name}-deployer"
  display_name = "EcoLocal ${var.environment}: pipeline"
}

resource "google_service_account_iam_member" "deployer" {
  service_account_id = google_service_account.deployer.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principal://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/subject/repo:${var.repository}:environment:${var.environment}"
}

resource "google_artifact_registry_repository_iam_member" "deployer" {
  repository = var.repository_id
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.deployer.member
}

# To find the cluster and to be known to it; rights inside come from Kubernetes.
resource "google_project_iam_member" "deployer" {
  project = var.project
  role    = "roles/container.clusterViewer"
  member  = google_service_account.deployer.member
}
