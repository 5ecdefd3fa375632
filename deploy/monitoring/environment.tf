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
    WEIR_RESULTS_QUEUE = local.results_queue_url
    WEIR_RECORD_LAYOUT = var.record_layout
    WEIR_CONCURRENCY   = tostring(var.runs_at_a_time)
    WEIR_ANCHORS       = join(",", var.anchors)
  })

  # What each region has, as lambda/monitor's RegionTargets reads it.
  region_targets = { for region, each in local.region_arns : region => {
    check  = each.check
    tick   = each.tick
    orders = each.orders
  } }

  notice_environment = merge(var.notice_secrets, {
    WEIR_NOTICES      = var.notices
    WEIR_NOTICE_TOPIC = local.notice_topic_arn
  })

  schedule_environment = merge(local.environment, {
    WEIR_SCHEDULES             = var.schedules
    WEIR_SCHEDULE_GROUP_PREFIX = local.group_prefix
    WEIR_SCHEDULER_ROLE        = local.scheduler_role_arn
    WEIR_RULE_PREFIX           = local.rule_prefix
    WEIR_REGIONS               = jsonencode(local.region_targets)
    WEIR_SCHEDULE_DLQ          = jsonencode({ for region, each in local.region_arns : region => each.schedule_failures })
  })
}
