# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

output "dynamodb" {
  description = "Table of the sites; dynamo_entries.json names it."
  value       = aws_dynamodb_table.sites.name
}

output "documents" {
  description = "Table of what the functions know."
  value       = aws_dynamodb_table.documents.name
}

output "api" {
  description = "Where `weir sites` would find the sites; calls are signed for execute-api."
  value       = aws_apigatewayv2_api.sites.api_endpoint
}

output "timestream" {
  description = "Databases by customer, and the tables in each."
  value = {
    databases = { for customer, each in aws_timestreamwrite_database.customer : customer => each.database_name }
    results   = var.timestream_table
    hourly    = local.hourly_table
  }
}

output "notice_topic" {
  description = "Topic that incidents are published to."
  value       = aws_sns_topic.notices.arn
}

output "dashboard" {
  description = "Dashboard of CloudWatch in the home region."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "queues" {
  description = "URL of the queue of results, and of the order queue of each region."
  value = {
    results = module.results.url
    orders  = { for region, each in local.checked : region => each.orders_url }
  }
}

output "roles" {
  description = "Role of each function; those that check have one in each region."
  value = merge(
    {
      configuration = module.configuration.role_name
      reconcile     = module.reconcile.role_name
      writer        = module.writer.role_name
      notices       = module.notices.role_name
      rollup        = module.rollup.role_name
      sites         = module.sites.role_name
    },
    { check = module.home.roles.check, tick = module.home.roles.tick },
  )
}

output "policies" {
  description = "What each function's role allows beside its log and its keys, as documents of IAM."
  value = {
    configuration = data.aws_iam_policy_document.configuration.json
    reconcile     = data.aws_iam_policy_document.reconcile.json
    writer        = data.aws_iam_policy_document.writer.json
    notices       = data.aws_iam_policy_document.notices.json
    rollup        = data.aws_iam_policy_document.rollup.json
    sites         = data.aws_iam_policy_document.sites.json
    check         = module.home.policies.check
    tick          = module.home.policies.tick
    scheduler     = data.aws_iam_policy_document.schedule_calls.json
  }
}
