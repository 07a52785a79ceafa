output "url" {
  value = aws_ecr_repository.main.repository_url
}

output "arn" {
  value = aws_ecr_repository.main.arn
}
