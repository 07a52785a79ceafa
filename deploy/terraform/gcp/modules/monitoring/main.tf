# What Prometheus cannot see from inside the cluster: the managed machines. The server's own alerts are in deploy/prometheus.
resource "google_monitoring_notification_channel" "email" {
  display_name = var.name
  type         = "email"
  labels       = { email_address = var.email }
}

locals {
  database = "resource.type = \"cloudsql_database\" AND resource.labels.database_id = \"${var.project}:${var.database_id}\""
  cache    = "resource.type = \"redis_instance\" AND resource.labels.instance_id = \"${var.cache_id}\""
  alarms = {
    database-cpu = {
      filter  = "${local.database} AND metric.type = \"cloudsql.googleapis.com/database/cpu/utilization\""
      aligner = "ALIGN_MEAN", threshold = 0.8, minutes = 15
      says    = "The database computes at more than 80 % for a quarter of an hour."
    }
    database-disk = {
      filter  = "${local.database} AND metric.type = \"cloudsql.googleapis.com/database/disk/utilization\""
      aligner = "ALIGN_MAX", threshold = 0.9, minutes = 5
      says    = "The disk of the database is nearly full and may have reached its limit."
    }
    database-memory = {
      filter  = "${local.database} AND metric.type = \"cloudsql.googleapis.com/database/memory/utilization\""
      aligner = "ALIGN_MEAN", threshold = 0.95, minutes = 15
      says    = "The database runs out of memory."
    }
    database-connections = {
      filter  = "${local.database} AND metric.type = \"cloudsql.googleapis.com/database/postgresql/num_backends\""
      aligner = "ALIGN_MAX", threshold = 150, minutes = 5
      says    = "Unusually many connections to the database."
    }
    cache-memory = {
      filter  = "${local.cache} AND metric.type = \"redis.googleapis.com/stats/memory/usage_ratio\""
      aligner = "ALIGN_MAX", threshold = 0.8, minutes = 5
      says    = "Redis is nearly full; changes get slower, none is lost."
    }
    cache-cpu = {
      filter  = "${local.cache} AND metric.type = \"redis.googleapis.com/stats/cpu_utilization_main_thread\""
      aligner = "ALIGN_RATE", threshold = 0.8, minutes = 15
      says    = "Redis computes at more than 80 % for a quarter of an hour."
    }
  }
}

resource "google_monitoring_alert_policy" "main" {
  for_each              = local.alarms
  display_name          = "${var.name}-${each.key}"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]
  documentation {
    content = "${each.value.says} What to do: docs/runbooks."
  }
  conditions {
    display_name = each.key
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.threshold
      duration        = "${each.value.minutes * 60}s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = each.value.aligner
      }
    }
  }
}

resource "google_monitoring_dashboard" "main" {
  dashboard_json = jsonencode({
    displayName = var.name
    gridLayout = {
      columns = "2"
      widgets = [for name, alarm in local.alarms : {
        title = name
        xyChart = {
          thresholds = [{ value = alarm.threshold }]
          dataSets = [{
            timeSeriesQuery = {
              timeSeriesFilter = {
                filter      = alarm.filter
                aggregation = { alignmentPeriod = "60s", perSeriesAligner = alarm.aligner }
              }
            }
          }]
        }
      }]
    }
  })
}
