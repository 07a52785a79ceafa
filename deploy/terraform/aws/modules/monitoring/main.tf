# What Prometheus cannot see from inside the cluster: the managed machines. The server's own alerts are in deploy/prometheus.
resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.email
}

locals {
  database = { DBInstanceIdentifier = var.database_id }
  cache    = { CacheClusterId = var.cache_id }
  gigabyte = 1024 * 1024 * 1024
  alarms = {
    database-cpu = {
      space = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database, statistic = "Average"
      above = true, threshold = 80, minutes = 15, says = "The database computes at more than 80 % for a quarter of an hour."
    }
    database-disk = {
      space = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database, statistic = "Minimum"
      above = false, threshold = 4 * local.gigabyte, minutes = 5, says = "Less than 4 GB are free for the database."
    }
    database-memory = {
      space = "AWS/RDS", metric = "FreeableMemory", dimensions = local.database, statistic = "Average"
      above = false, threshold = 0.2 * local.gigabyte, minutes = 15, says = "The database runs out of memory."
    }
    database-connections = {
      space = "AWS/RDS", metric = "DatabaseConnections", dimensions = local.database, statistic = "Maximum"
      above = true, threshold = 150, minutes = 5, says = "Unusually many connections to the database."
    }
    cache-memory = {
      space = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", dimensions = local.cache, statistic = "Maximum"
      above = true, threshold = 80, minutes = 5, says = "Redis is nearly full; changes get slower, none is lost."
    }
    cache-cpu = {
      space = "AWS/ElastiCache", metric = "EngineCPUUtilization", dimensions = local.cache, statistic = "Average"
      above = true, threshold = 80, minutes = 15, says = "Redis computes at more than 80 % for a quarter of an hour."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "main" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.says} What to do: docs/runbooks."
  namespace           = each.value.space
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = each.value.above ? "GreaterThanThreshold" : "LessThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_dashboard" "main" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [for place, name in keys(local.alarms) : {
      type   = "metric"
      x      = 12 * (place % 2)
      y      = 6 * floor(place / 2)
      width  = 12
      height = 6
      properties = {
        title  = name
        region = var.region
        period = 60
        stat   = local.alarms[name].statistic
        metrics = [concat(
          [local.alarms[name].space, local.alarms[name].metric],
          flatten([for key, value in local.alarms[name].dimensions : [key, value]]),
        )]
        annotations = { horizontal = [{ label = "alarm", value = local.alarms[name].threshold }] }
      }
    }]
  })
}
