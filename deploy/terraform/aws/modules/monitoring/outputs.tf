output "topic_arn" {
  value = aws_sns_topic.alarms.arn
}

output "alarms" {
  value = keys(aws_cloudwatch_metric_alarm.main)
}
