output "deployer_arn" {
  value = aws_iam_role.deployer.arn
}

output "policies" {
  description = "What each identity may do, as JSON, for tests."
  value = {
    sync             = data.aws_iam_policy_document.sync
    external_secrets = data.aws_iam_policy_document.external_secrets
    deployer         = data.aws_iam_policy_document.deployer
  }
}
