# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# One block for each region; a fourth is a block like the second, with a provider of its own.

module "home" {
  source = "./region"

  name                = local.name
  home_region         = var.region
  role_suffix         = ""
  code                = local.code
  check               = local.sizes.check
  tick                = local.sizes.tick
  environment         = local.region_environment
  check_environment   = var.check_secrets
  targets             = local.region_targets[var.region]
  rule_prefix         = local.rules
  concurrent_orders   = var.concurrent_orders
  documents_table_arn = local.documents_table_arn
  results_queue_arn   = local.results_queue_arn
  home_key_arn        = module.key.arn
  telemetry_layer     = lookup(var.telemetry_layers, var.region, "")
  alarm_topics        = local.home_alarms
}

module "second" {
  source    = "./region"
  count     = var.second_region == "" ? 0 : 1
  providers = { aws = aws.second }

  name                = local.name
  home_region         = var.region
  role_suffix         = "-${var.second_region}"
  code                = local.code
  check               = local.sizes.check
  tick                = local.sizes.tick
  environment         = local.region_environment
  check_environment   = var.check_secrets
  targets             = local.region_targets[var.second_region]
  rule_prefix         = local.rules
  concurrent_orders   = var.concurrent_orders
  documents_table_arn = local.documents_table_arn
  results_queue_arn   = local.results_queue_arn
  home_key_arn        = module.key.arn
  telemetry_layer     = lookup(var.telemetry_layers, var.second_region, "")
  alarm_topics        = compact([lookup(var.alarm_topics, var.second_region, "")])
}

module "third" {
  source    = "./region"
  count     = var.third_region == "" ? 0 : 1
  providers = { aws = aws.third }

  name                = local.name
  home_region         = var.region
  role_suffix         = "-${var.third_region}"
  code                = local.code
  check               = local.sizes.check
  tick                = local.sizes.tick
  environment         = local.region_environment
  check_environment   = var.check_secrets
  targets             = local.region_targets[var.third_region]
  rule_prefix         = local.rules
  concurrent_orders   = var.concurrent_orders
  documents_table_arn = local.documents_table_arn
  results_queue_arn   = local.results_queue_arn
  home_key_arn        = module.key.arn
  telemetry_layer     = lookup(var.telemetry_layers, var.third_region, "")
  alarm_topics        = compact([lookup(var.alarm_topics, var.third_region, "")])
}

locals {
  # By region; a fourth is one more member.
  checked = merge(
    { (var.region) = module.home },
    { for each in module.second : var.second_region => each },
    { for each in module.third : var.third_region => each },
  )

  rules       = var.schedules == "rules" ? local.rule_prefix : null
  home_alarms = compact([lookup(var.alarm_topics, var.region, "")])
}
