# Only the places: what is in them is put there by people or rotation, so that it is in no state file.
resource "aws_kms_key" "main" {
  description             = "Secrets of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_secretsmanager_secret" "main" {
  for_each                = toset(["database-url", "redis-url", "backup-key"])
  name                    = "${var.name}-${each.key}"
  kms_key_id              = aws_kms_key.main.arn
  recovery_window_in_days = 30
}
