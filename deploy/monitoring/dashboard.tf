# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

locals {
  all_functions = concat(
    [for function in [module.configuration, module.reconcile, module.writer, module.notices, module.rollup, module.sites] : { region = var.region, name = function.name }],
    flatten([for region, each in local.checked : [for name in each.functions : { region = region, name = name }]]),
  )

  # One line a function and region for each of these.
  function_charts = [
    { title = "Invocations", metric = "Invocations", statistic = "Sum" },
    { title = "Errors", metric = "Errors", statistic = "Sum" },
    { title = "Duration, 95th percentile", metric = "Duration", statistic = "p95" },
    { title = "Concurrent executions", metric = "ConcurrentExecutions", statistic = "Maximum" },
  ]

  widgets = concat(
    [for i, chart in local.function_charts : {
      type = "metric", x = (i % 2) * 12, y = floor(i / 2) * 6, width = 12, height = 6
      properties = {
        title   = chart.title
        region  = var.region
        stat    = chart.statistic
        period  = 60
        metrics = [for function in local.all_functions : ["AWS/Lambda", chart.metric, "FunctionName", function.name, { region = function.region, label = "${function.name} ${function.region}" }]]
      }
    }],
    [{
      type = "metric", x = 0, y = 12, width = 12, height = 6
      properties = {
        title  = "Oldest message"
        region = var.region
        stat   = "Maximum"
        period = 60
        metrics = concat(
          [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", module.results.name, { region = var.region, label = module.results.name }]],
          [for region, each in local.checked : ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", each.orders_name, { region = region, label = "${each.orders_name} ${region}" }]],
        )
      }
      }, {
      type = "metric", x = 12, y = 12, width = 12, height = 6
      properties = {
        title   = "How late schedules follow the table"
        region  = var.region
        stat    = "Maximum"
        period  = 60
        metrics = [["AWS/Lambda", "IteratorAge", "FunctionName", module.configuration.name]]
      }
    }],
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = local.name
  dashboard_body = jsonencode({ widgets = local.widgets })
}
