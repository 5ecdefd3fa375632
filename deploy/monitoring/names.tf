# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# ARNs and URLs are made of names, not taken from resources: so policies and the functions' variables
# are known before anything is made, and can be read in a plan.

data "aws_caller_identity" "this" {
  lifecycle {
    precondition {
      condition     = length(local.regions) == length(compact([var.region, var.second_region, var.third_region]))
      error_message = "region, second_region and third_region must differ: a region is checked from once."
    }
  }
}
data "aws_partition" "this" {}

locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  domain    = data.aws_partition.this.dns_suffix
  at_home   = "${var.region}:${local.account}"

  name    = "cpt-monitoring"
  regions = distinct(compact([var.region, var.second_region, var.third_region]))

  own_timestream = var.timestream_endpoint != ""

  # The customer that sites without one belong to is always there.
  customers = merge({ default = {
    memory_hours  = 12
    magnetic_days = 180
    hourly_days   = 730
    kms_key_arn   = null
  } }, var.customers)

  databases = { for customer in keys(local.customers) :
    customer => customer == "default" ? var.timestream_database : "${var.timestream_database}-${customer}"
  }
  hourly_table = "WebsiteMonitoringHourly"

  result_table_arns = [for each in values(local.databases) :
    "arn:${local.partition}:timestream:${local.at_home}:database/${each}/table/${var.timestream_table}"
  ]
  hourly_table_arns = [for each in values(local.databases) :
    "arn:${local.partition}:timestream:${local.at_home}:database/${each}/table/${local.hourly_table}"
  ]

  sites_table         = "WSMonitoringConfig"
  documents_table     = "WSMonitoringDocuments"
  sites_table_arn     = "arn:${local.partition}:dynamodb:${local.at_home}:table/${local.sites_table}"
  documents_table_arn = "arn:${local.partition}:dynamodb:${local.at_home}:table/${local.documents_table}"

  results_queue     = "${local.name}-results"
  results_queue_arn = "arn:${local.partition}:sqs:${local.at_home}:${local.results_queue}"
  results_queue_url = "https://sqs.${var.region}.${local.domain}/${local.account}/${local.results_queue}"

  # Where records of the table's stream go that the configuration function could not do.
  stream_failures     = "${local.name}-stream-failures"
  stream_failures_arn = "arn:${local.partition}:sqs:${local.at_home}:${local.stream_failures}"

  notice_topic     = "${local.name}-notices"
  notice_topic_arn = "arn:${local.partition}:sns:${local.at_home}:${local.notice_topic}"

  group_prefix = "${local.name}-"
  rule_prefix  = "CPT_WSMon_RULE_"

  scheduler_role     = "CPT-Scheduler-WebsiteMonitoring"
  scheduler_role_arn = "arn:${local.partition}:iam::${local.account}:role/${local.scheduler_role}"

  # What each region's functions and queues are called.
  region_arns = { for region in local.regions : region => {
    check             = "arn:${local.partition}:lambda:${region}:${local.account}:function:${local.name}:live"
    tick              = "arn:${local.partition}:lambda:${region}:${local.account}:function:${local.name}-tick:live"
    orders            = "https://sqs.${region}.${local.domain}/${local.account}/${local.name}-orders"
    schedule_failures = "arn:${local.partition}:sqs:${region}:${local.account}:${local.name}-schedule-failures"
    schedules         = "arn:${local.partition}:scheduler:${region}:${local.account}:schedule/${local.group_prefix}*/*"
    groups            = "arn:${local.partition}:scheduler:${region}:${local.account}:schedule-group/${local.group_prefix}*"
    own_group         = "arn:${local.partition}:scheduler:${region}:${local.account}:schedule-group/${local.name}"
    rules             = "arn:${local.partition}:events:${region}:${local.account}:rule/${local.rule_prefix}*"
  } }
}
