# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

module "results" {
  source = "./queue"

  name               = local.results_queue
  key_arn            = module.key.arn
  visibility_seconds = 6 * local.sizes.writer.timeout + 5
  retention_seconds  = 1209600
  # A result that can't be written comes back after the visibility timeout: 200 times are some 20 hours in which
  # Timestream may be out of reach. What is given up then waits 14 days, to be moved back.
  receives     = 200
  age_seconds  = 6 * local.sizes.writer.timeout + 305
  alarm_topics = local.home_alarms
}

# A minute's results of a region come together; a full batch is fewer calls to Timestream.
resource "aws_lambda_event_source_mapping" "results" {
  event_source_arn                   = module.results.arn
  function_name                      = module.writer.ready
  batch_size                         = 500
  maximum_batching_window_in_seconds = 5
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.concurrent_writers
  }
}

# Where in the stream the records are that were given up, not the records: DynamoDB keeps them for a
# day. The reconcile function mends what they would have done. Nothing takes from it by itself.
resource "aws_sqs_queue" "stream_failures" {
  name                              = local.stream_failures
  message_retention_seconds         = 1209600
  kms_master_key_id                 = module.key.arn
  kms_data_key_reuse_period_seconds = 3600
}

resource "aws_cloudwatch_metric_alarm" "stream_failures" {
  alarm_name          = local.stream_failures
  alarm_description   = "Changes of sites were given up: an item can't be taken, and the configuration function's log names it."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.stream_failures.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.home_alarms
}
