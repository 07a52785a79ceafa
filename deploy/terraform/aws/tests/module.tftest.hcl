mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::ecolocal-test" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/test" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/test" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:test" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:test" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }
}

variables {
  environment    = "production"
  region         = "eu-central-1"
  zones          = ["eu-central-1a", "eu-central-1b"]
  repository     = "example/ecolocal"
  alert_email    = "ops@example.org"
  cache_password = "0123456789abcdef0123456789abcdef"
}

run "everything_can_be_made" {
  command = apply
  assert {
    condition     = output.deployer != "" && output.firewall != "" && output.backup_bucket != ""
    error_message = "What the pipeline and the Ingress need is not put out."
  }
}

run "production_is_private_encrypted_and_protected" {
  command = plan
  module {
    source = "./modules/database"
  }
  variables {
    name                      = "ecolocal-production"
    vpc_id                    = "vpc-1"
    subnet_ids                = ["subnet-1", "subnet-2"]
    cluster_security_group_id = "sg-1"
    class                     = "db.t4g.medium"
    backup_days               = 14
    production                = true
  }
  assert {
    condition     = !aws_db_instance.main.publicly_accessible && aws_db_instance.main.storage_encrypted
    error_message = "The database is open or not encrypted."
  }
  assert {
    condition     = aws_db_instance.main.multi_az && aws_db_instance.main.deletion_protection && !aws_db_instance.main.skip_final_snapshot
    error_message = "Production is not protected."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.main.cidr_ipv4 == null
    error_message = "Addresses instead of the cluster reach the database."
  }
  assert {
    condition     = anytrue([for each in aws_db_parameter_group.main.parameter : each.name == "rds.force_ssl" && each.value == "1"])
    error_message = "The database accepts connections without TLS."
  }
}

run "the_cluster_is_closed_to_the_internet_unless_asked" {
  command = plan
  module {
    source = "./modules/cluster"
  }
  variables {
    name         = "ecolocal-dev"
    subnet_ids   = ["subnet-1", "subnet-2"]
    admin_ranges = []
    node_class   = "t4g.medium"
    log_days     = 14
  }
  assert {
    condition     = !aws_eks_cluster.main.vpc_config[0].endpoint_public_access && aws_eks_cluster.main.vpc_config[0].endpoint_private_access
    error_message = "The Kubernetes API is reachable from the internet."
  }
  assert {
    condition     = aws_launch_template.nodes.metadata_options[0].http_tokens == "required"
    error_message = "Pods could take the machine's identity."
  }
}

run "redis_is_encrypted_and_needs_a_password" {
  command = plan
  module {
    source = "./modules/cache"
  }
  variables {
    name                      = "ecolocal-production"
    vpc_id                    = "vpc-1"
    subnet_ids                = ["subnet-1", "subnet-2"]
    cluster_security_group_id = "sg-1"
    class                     = "cache.t4g.micro"
    password                  = "0123456789abcdef0123456789abcdef"
    replicas                  = 1
  }
  assert {
    condition     = aws_elasticache_replication_group.main.transit_encryption_enabled && aws_elasticache_replication_group.main.auth_token != null
    error_message = "Redis is open inside the network."
  }
  assert {
    condition     = aws_elasticache_replication_group.main.automatic_failover_enabled
    error_message = "Production has no second Redis."
  }
}

run "backups_are_private_and_kept_against_deletion" {
  command = plan
  module {
    source = "./modules/storage"
  }
  variables {
    name = "ecolocal-production"
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.backups.restrict_public_buckets && aws_s3_bucket_public_access_block.backups.block_public_policy
    error_message = "Backups could become public."
  }
  assert {
    condition     = aws_s3_bucket_versioning.backups.versioning_configuration[0].status == "Enabled"
    error_message = "A deleted backup is gone at once."
  }
}

run "every_identity_has_what_it_needs_and_nothing_else" {
  command = plan
  module {
    source = "./modules/identity"
  }
  variables {
    name            = "ecolocal-production"
    environment     = "production"
    cluster_name    = "ecolocal-production"
    cluster_arn     = "arn:aws:eks:eu-central-1:123456789012:cluster/ecolocal-production"
    bucket_arn      = "arn:aws:s3:::ecolocal-production-backups"
    secret_arns     = { database-url = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-url" }
    secrets_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/secrets"
    repository_arn  = "arn:aws:ecr:eu-central-1:123456789012:repository/ecolocal-production/sync-server"
    repository      = "example/ecolocal"
  }
  assert {
    condition = alltrue(flatten([
      for name, policy in output.policies : [
        for statement in policy.statement : [
          for action in statement.actions : !endswith(action, "*") && (!contains(statement.resources, "*") || action == "ecr:GetAuthorizationToken")
        ]
      ]
    ]))
    error_message = "An identity may do everything somewhere, or something everywhere."
  }
  assert {
    condition     = contains(one([for each in data.aws_iam_policy_document.deployer_trust.statement[0].condition : each.values if endswith(each.variable, ":sub")]), "repo:example/ecolocal:environment:production")
    error_message = "Another repository, branch or environment could deploy."
  }
  assert {
    condition     = aws_eks_access_policy_association.deployer.access_scope[0].type == "namespace"
    error_message = "The pipeline rules the whole cluster."
  }
}

run "batches_of_changes_pass_the_firewall" {
  command = plan
  module {
    source = "./modules/edge"
  }
  variables {
    name = "ecolocal-production"
  }
  assert {
    condition = anytrue(flatten([for rule in aws_wafv2_web_acl.main.rule : [
      for statement in rule.statement : [for group in statement.managed_rule_group_statement : [
        for override in group.rule_action_override : override.name == "SizeRestrictions_BODY"
    ]]]]))
    error_message = "The firewall blocks every batch above 8 KB."
  }
}

run "one_zone_is_refused" {
  command = plan
  variables {
    zones = ["eu-central-1a"]
  }
  expect_failures = [var.zones]
}

run "an_unknown_environment_is_refused" {
  command = plan
  variables {
    environment = "prod"
  }
  expect_failures = [var.environment]
}

run "a_short_password_is_refused" {
  command = plan
  variables {
    cache_password = "secret"
  }
  expect_failures = [var.cache_password]
}

run "a_kubernetes_api_for_everybody_is_refused" {
  command = plan
  variables {
    admin_ranges = ["0.0.0.0/0"]
  }
  expect_failures = [var.admin_ranges]
}
