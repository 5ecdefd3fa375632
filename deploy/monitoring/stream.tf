# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# Each change of a site comes to the configuration function, in order for each site.
resource "aws_lambda_event_source_mapping" "sites" {
  event_source_arn = aws_dynamodb_table.sites.stream_arn
  function_name    = module.configuration.ready

  # Items that were written before the mapping was there are scheduled, too.
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 1

  # Only what failed comes again; a batch that fails whole is halved until the record is found.
  function_response_types        = ["ReportBatchItemFailures"]
  bisect_batch_on_function_error = true

  # A record that can't be taken holds up those behind it, so it is given up after some minutes;
  # the reconcile function makes up for what a longer outage loses.
  maximum_retry_attempts        = 8
  maximum_record_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.stream_failures.arn
    }
  }

  # What schedules name is there before the first one is made.
  depends_on = [module.home, module.second, module.third, aws_iam_role_policy.schedule_calls, aws_iam_role_policy.schedule_keys]
}

resource "aws_cloudwatch_metric_alarm" "stream_age" {
  alarm_name          = "${local.name}-stream-age"
  alarm_description   = "Changes of sites wait for a quarter of an hour until their schedules follow; the configuration function's log says why."
  namespace           = "AWS/Lambda"
  metric_name         = "IteratorAge"
  dimensions          = { FunctionName = module.configuration.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 900000
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.home_alarms
}
