output "arns" {
  value = { for name, secret in aws_secretsmanager_secret.main : name => secret.arn }
}

output "key_arn" {
  value = aws_kms_key.main.arn
}
