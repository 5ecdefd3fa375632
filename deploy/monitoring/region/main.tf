# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# What a region has that sites are checked from: the check and the tick function, the queue between
# them, and a queue for what schedules could not start.

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  region    = data.aws_region.this.id
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition

  orders                = "${var.name}-orders"
  orders_arn            = "arn:${local.partition}:sqs:${local.region}:${local.account}:${local.orders}"
  schedule_failures     = "${var.name}-schedule-failures"
  schedule_failures_arn = "arn:${local.partition}:sqs:${local.region}:${local.account}:${local.schedule_failures}"
}

module "key" {
  source = "../key"

  name        = "${var.name}-region"
  description = "Queues, logs and functions of ${var.name} in ${local.region}"
  partition   = local.partition
  account     = local.account
  region      = local.region
  log_groups  = "/aws/lambda/${var.name}*"
}

module "check" {
  source = "../function"

  name        = var.name
  description = "Checks sites from ${local.region} and sends the results to the queue of results"
  handler     = "dev.weir.lambda.monitor.CheckHandler::handleRequest"
  role_name   = "CPT-Lambda-WebsiteMonitoring${var.role_suffix}"
  policies = {
    CPT-Pol-MonitoringAdditional = data.aws_iam_policy_document.check.json
    keys                         = data.aws_iam_policy_document.keys.json
  }
  code            = var.code
  size            = var.check
  environment     = merge(var.environment, var.check_environment)
  key_arn         = module.key.arn
  failures        = { arn = local.schedule_failures_arn }
  asynchronous    = { seconds = 300, retries = 1 } # Lambda repeats after a minute; the function judges what is too late.
  telemetry_layer = var.telemetry_layer
  alarm_topics    = var.alarm_topics
}

module "tick" {
  source = "../function"

  name        = "${var.name}-tick"
  description = "Plans the checks of the next minute for sites that are checked more often than each minute"
  handler     = "dev.weir.lambda.monitor.TickHandler::handleRequest"
  role_name   = "CPT-Lambda-WebsiteMonitoringTick${var.role_suffix}"
  policies = {
    calls = data.aws_iam_policy_document.tick.json
    keys  = data.aws_iam_policy_document.keys.json
  }
  code            = var.code
  size            = var.tick
  environment     = merge(var.environment, { WEIR_REGIONS = jsonencode({ (local.region) = var.targets }) })
  key_arn         = module.key.arn
  failures        = { arn = local.schedule_failures_arn }
  asynchronous    = { seconds = 180, retries = 2 } # Lambda repeats after a minute; slots that have passed are sent at once.
  telemetry_layer = var.telemetry_layer
  alarm_topics    = var.alarm_topics
}
