# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# What the functions are told; lambda/monitor's settings read it.

locals {
  environment = {
    WEIR_SITES_TABLE     = aws_dynamodb_table.sites.name
    WEIR_DOCUMENTS_TABLE = aws_dynamodb_table.documents.name
    WEIR_HOME_REGION     = var.region
    WEIR_SHARDS          = tostring(var.shards)
    WEIR_NETWORK_POLICY  = var.network_policy
  }

  timestream_environment = merge(
    local.environment,
    {
      TS_Database = var.timestream_database
      TS_Table    = var.timestream_table
      TS_Region   = var.region
      TS_Endpoint = var.timestream_endpoint
    },
    local.own_timestream ? {
      TS_AccessKeyId     = var.timestream_access_key_id
      TS_SecretAccessKey = var.timestream_secret_access_key
    } : {},
  )

  region_environment = merge(local.environment, {
    TS_Database        = var.timestream_database
    TS_Table           = var.timestream_table
    WEIR_RESULTS_QUEUE = module.results.url
    WEIR_RECORD_LAYOUT = var.record_layout
    WEIR_CONCURRENCY   = tostring(var.runs_at_a_time)
    WEIR_ANCHORS       = join(",", var.anchors)
  })

  notice_environment = {
    WEIR_NOTICES      = var.notices
    WEIR_NOTICE_TOPIC = aws_sns_topic.notices.arn
  }

  schedule_environment = merge(local.environment, {
    WEIR_SCHEDULES             = var.schedules
    WEIR_SCHEDULE_GROUP_PREFIX = local.group_prefix
    WEIR_SCHEDULER_ROLE        = aws_iam_role.scheduler.arn
    WEIR_RULE_PREFIX           = local.rule_prefix
    WEIR_REGIONS = jsonencode({ for region, each in local.checked : region => {
      check      = each.check_arn
      tick       = each.tick_arn
      orders     = each.orders_url
      orders_arn = each.orders_arn
    } })
    WEIR_SCHEDULE_DLQ = jsonencode({ for region, each in local.checked : region => each.schedule_failures_arn })
  })
}
