output "database_endpoint" {
  value = aws_db_instance.database.endpoint
}

output "backup_bucket" {
  value = aws_s3_bucket.backups.bucket
}

output "role_arn" {
  value = aws_iam_role.sync.arn
}

output "image_repository" {
  value = aws_ecr_repository.image.repository_url
}
