# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

module "orders" {
  source = "../queue"

  name    = local.orders
  key_arn = module.key.arn
  # An order comes again while that is worth anything, and is given up before the queue forgets it.
  visibility_seconds = 2 * var.check.timeout
  # An order that is not run within minutes is not worth running: its slot is over.
  retention_seconds = max(3600, 8 * var.check.timeout)
  receives          = 3
  # An order that failed once comes back when its visibility ends, and is then in time.
  age_seconds  = 2 * var.check.timeout + 300
  alarm_topics = var.alarm_topics
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn        = module.orders.arn
  function_name           = module.check.ready
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.concurrent_orders
  }
}

# Calls that a schedule could not make, and calls that failed after they were taken. Whoever looks
# after the stack reads and empties it; nothing takes from it by itself.
resource "aws_sqs_queue" "schedule_failures" {
  name                              = local.schedule_failures
  message_retention_seconds         = 1209600
  kms_master_key_id                 = module.key.arn
  kms_data_key_reuse_period_seconds = 3600
}

resource "aws_cloudwatch_metric_alarm" "schedule_failures" {
  alarm_name          = local.schedule_failures
  alarm_description   = "Checks were not started, or failed whole; the messages say which and why."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.schedule_failures.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topics
}
