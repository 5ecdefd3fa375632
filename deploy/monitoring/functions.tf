# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# The functions of the home region but for those that check.

locals {
  # A JVM with the AWS SDK has room, and a third of a processor, at 512 MiB; docs/cost.md has what was measured.
  default_sizes = {
    check         = { memory = 1024, timeout = 300, concurrency = -1 }
    tick          = { memory = 512, timeout = 60, concurrency = -1 }
    configuration = { memory = 512, timeout = 120, concurrency = -1 }
    reconcile     = { memory = 1024, timeout = 900, concurrency = -1 }
    writer        = { memory = 512, timeout = 60, concurrency = -1 }
    notices       = { memory = 512, timeout = 60, concurrency = -1 }
    rollup        = { memory = 1024, timeout = 900, concurrency = -1 }
    sites         = { memory = 1024, timeout = 30, concurrency = -1 }
  }
  sizes = { for function, size in local.default_sizes : function => {
    memory      = coalesce(try(var.functions[function].memory, null), size.memory)
    timeout     = coalesce(try(var.functions[function].timeout, null), size.timeout)
    concurrency = coalesce(try(var.functions[function].concurrency, null), size.concurrency)
  } }

  code = {
    archive      = var.archive
    hash         = filebase64sha256(var.archive)
    runtime      = var.runtime
    architecture = var.architecture
    snap_start   = var.snap_start
    log_level    = var.log_level
    log_days     = var.log_retention_days

    telemetry_wrapper = var.telemetry_wrapper
  }
  telemetry_layer = lookup(var.telemetry_layers, var.region, "")
}

module "configuration" {
  source = "./function"

  name        = "${local.name}-configuration"
  description = "Keeps a schedule for each site and region, as the table of sites changes"
  handler     = "dev.weir.lambda.monitor.ConfigurationHandler::handleRequest"
  alias       = "cpt_configuration_latest"
  role_name   = "CPT-Lambda-WebsiteMonitoringConfiguration"
  policies = {
    CPT-Pol-MonitoringCFGAdditional = data.aws_iam_policy_document.configuration.json
    keys                            = data.aws_iam_policy_document.keys.json
  }
  code            = local.code
  size            = local.sizes.configuration
  environment     = local.schedule_environment
  key_arn         = module.key.arn
  telemetry_layer = local.telemetry_layer
  alarm_topics    = local.home_alarms
  alarm           = local.seldom
}

module "reconcile" {
  source = "./function"

  name        = "${local.name}-reconcile"
  description = "Makes the schedules equal to the table of sites, and reports where they were not"
  handler     = "dev.weir.lambda.monitor.ReconcileHandler::handleRequest"
  role_name   = "CPT-Lambda-WebsiteMonitoringReconcile"
  policies = {
    calls = data.aws_iam_policy_document.reconcile.json
    keys  = data.aws_iam_policy_document.keys_and_failures.json
  }
  code            = local.code
  size            = local.sizes.reconcile
  environment     = local.schedule_environment
  key_arn         = module.key.arn
  failures        = local.failures
  telemetry_layer = local.telemetry_layer
  alarm_topics    = local.home_alarms
  alarm           = local.seldom
}

module "writer" {
  source = "./function"

  name        = "${local.name}-writer"
  description = "Writes results into Timestream, and keeps incidents"
  handler     = "dev.weir.lambda.monitor.WriterHandler::handleRequest"
  role_name   = "CPT-Lambda-WebsiteMonitoringWriter"
  policies = {
    calls = data.aws_iam_policy_document.writer.json
    keys  = data.aws_iam_policy_document.keys_and_results.json
  }
  code            = local.code
  size            = local.sizes.writer
  environment     = merge(local.timestream_environment, local.notice_environment)
  key_arn         = module.key.arn
  network         = var.timestream_network
  telemetry_layer = local.telemetry_layer
  alarm_topics    = local.home_alarms
}

module "notices" {
  source = "./function"

  name        = "${local.name}-notices"
  description = "Tells of incidents, once a minute"
  handler     = "dev.weir.lambda.monitor.NoticeHandler::handleRequest"
  role_name   = "CPT-Lambda-WebsiteMonitoringNotices"
  policies = {
    calls = data.aws_iam_policy_document.notices.json
    keys  = data.aws_iam_policy_document.keys_and_failures.json
  }
  code            = local.code
  size            = local.sizes.notices
  environment     = merge(local.environment, local.notice_environment)
  key_arn         = module.key.arn
  failures        = local.failures
  asynchronous    = { seconds = 60, retries = 0 } # The next minute's call does what this one left.
  telemetry_layer = local.telemetry_layer
  alarm_topics    = local.home_alarms
}

module "rollup" {
  source = "./function"

  name        = "${local.name}-rollup"
  description = "Sums each hour's results"
  handler     = "dev.weir.lambda.monitor.RollupHandler::handleRequest"
  role_name   = "CPT-Lambda-WebsiteMonitoringRollup"
  policies = {
    calls = data.aws_iam_policy_document.rollup.json
    keys  = data.aws_iam_policy_document.keys_results_and_failures.json
  }
  code            = local.code
  size            = local.sizes.rollup
  environment     = merge(local.timestream_environment, local.notice_environment)
  key_arn         = module.key.arn
  failures        = local.failures
  network         = var.timestream_network
  telemetry_layer = local.telemetry_layer
  alarm_topics    = local.home_alarms
  alarm           = local.seldom
}

module "sites" {
  source = "./function"

  name        = "${local.name}-sites"
  description = "Shows and changes the table of sites"
  handler     = "dev.weir.lambda.monitor.SitesHandler::handleRequest"
  role_name   = "CPT-Lambda-WebsiteMonitoringSites"
  policies = {
    calls = data.aws_iam_policy_document.sites.json
    keys  = data.aws_iam_policy_document.keys.json
  }
  code            = local.code
  size            = local.sizes.sites
  environment     = local.environment
  key_arn         = module.key.arn
  telemetry_layer = local.telemetry_layer
  alarm_topics    = local.home_alarms
  alarm           = local.seldom
}

locals {
  # Five bad minutes in a row never come about where a call comes once an hour, or when somebody asks.
  seldom = { minutes = 1, of = 60 }

  failures = { arn = local.region_arns[var.region].schedule_failures }
}
