mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::ecolocal-test" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:key" }
  }
}

variables {
  environment               = "production"
  vpc_id                    = "vpc-1"
  private_subnet_ids        = ["subnet-1", "subnet-2"]
  cluster_security_group_id = "sg-1"
  oidc_provider_arn         = "arn:aws:iam::123456789012:oidc-provider/example"
  oidc_issuer               = "oidc.example"
}

run "production_is_private_encrypted_and_protected" {
  command = plan
  assert {
    condition     = aws_db_instance.database.publicly_accessible == false && aws_db_instance.database.storage_encrypted
    error_message = "The database is open or not encrypted."
  }
  assert {
    condition     = aws_db_instance.database.multi_az && aws_db_instance.database.deletion_protection
    error_message = "Production is not protected."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.backups.restrict_public_buckets
    error_message = "Backups could become public."
  }
}

run "the_role_reaches_one_bucket_and_one_secret" {
  command = apply
  assert {
    condition     = !strcontains(aws_iam_role_policy.sync.policy, "\"*\"")
    error_message = "The role may do everything somewhere."
  }
}

run "one_zone_is_refused" {
  command = plan
  variables {
    private_subnet_ids = ["subnet-1"]
  }
  expect_failures = [var.private_subnet_ids]
}

run "an_unknown_environment_is_refused" {
  command = plan
  variables {
    environment = "prod"
  }
  expect_failures = [var.environment]
}
