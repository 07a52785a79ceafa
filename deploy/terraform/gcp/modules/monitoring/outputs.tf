output "alarms" {
  value = keys(google_monitoring_alert_policy.main)
}
