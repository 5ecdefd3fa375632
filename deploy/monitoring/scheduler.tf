# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# What EventBridge Scheduler does with, for the sites' schedules and for the stack's own.

data "aws_iam_policy_document" "scheduler" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = concat([for each in values(local.region_arns) : each.groups], [local.region_arns[var.region].own_group])
    }
  }
}

resource "aws_iam_role" "scheduler" {
  name               = local.scheduler_role
  description        = "Calls the functions of ${local.name} by their schedules."
  assume_role_policy = data.aws_iam_policy_document.scheduler.json
}

data "aws_iam_policy_document" "schedule_calls" {
  statement {
    sid     = "Call"
    actions = ["lambda:InvokeFunction"]
    resources = concat(
      flatten([for each in values(local.region_arns) : [each.check, each.tick]]),
      [for function in ["reconcile", "notices", "rollup"] : "arn:${local.partition}:lambda:${local.at_home}:function:${local.name}-${function}:live"],
    )
  }
  statement {
    sid       = "Failures"
    actions   = ["sqs:SendMessage"]
    resources = [for each in values(local.region_arns) : each.schedule_failures]
  }
}

resource "aws_iam_role_policy" "schedule_calls" {
  name   = "calls"
  role   = aws_iam_role.scheduler.id
  policy = data.aws_iam_policy_document.schedule_calls.json
}

data "aws_iam_policy_document" "schedule_keys" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [for each in values(local.checked) : each.key_arn]
  }
}

resource "aws_iam_role_policy" "schedule_keys" {
  name   = "keys"
  role   = aws_iam_role.scheduler.id
  policy = data.aws_iam_policy_document.schedule_keys.json
}

# The stack's own schedules stand in a group that is no customer's, so that reconcile leaves them alone.
resource "aws_scheduler_schedule_group" "own" {
  name = local.name
}

locals {
  own_schedules = {
    reconcile = { rate = "rate(1 hour)", target = module.reconcile.alias_arn, seconds = 3600, retries = 2 }
    rollup    = { rate = "cron(3 * * * ? *)", target = module.rollup.alias_arn, seconds = 3600, retries = 2 }
    notices   = { rate = "rate(1 minute)", target = module.notices.alias_arn, seconds = 60, retries = 0 }
  }
}

resource "aws_scheduler_schedule" "own" {
  # checkov:skip=CKV_AWS_297:The input is empty; the sites' own schedules are not made here
  for_each = local.own_schedules

  name                = each.key
  group_name          = aws_scheduler_schedule_group.own.name
  schedule_expression = each.value.rate

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = each.value.target
    role_arn = aws_iam_role.scheduler.arn
    input    = "{}"

    retry_policy {
      maximum_event_age_in_seconds = each.value.seconds
      maximum_retry_attempts       = each.value.retries
    }
    dead_letter_config {
      arn = module.home.schedule_failures_arn
    }
  }

  # Reconcile makes schedules, too: see stream.tf.
  depends_on = [module.home, module.second, module.third, aws_iam_role_policy.schedule_calls, aws_iam_role_policy.schedule_keys]
}
