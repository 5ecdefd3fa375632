# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# Who makes schedules: the functions configuration and reconcile.

data "aws_iam_policy_document" "schedules" {
  dynamic "statement" {
    for_each = var.schedules == "scheduler" ? [1] : []
    content {
      sid       = "Schedules"
      actions   = ["scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"]
      resources = [for each in values(local.region_arns) : each.schedules]
    }
  }

  # A customer's group is made with its first site.
  dynamic "statement" {
    for_each = var.schedules == "scheduler" ? [1] : []
    content {
      sid       = "Groups"
      actions   = ["scheduler:GetScheduleGroup", "scheduler:CreateScheduleGroup"]
      resources = [for each in values(local.region_arns) : each.groups]
    }
  }

  dynamic "statement" {
    for_each = var.schedules == "scheduler" ? [1] : []
    content {
      sid       = "RoleOfSchedules"
      actions   = ["iam:PassRole"]
      resources = [local.scheduler_role_arn]

      condition {
        test     = "StringEquals"
        variable = "iam:PassedToService"
        values   = ["scheduler.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.schedules == "rules" ? [1] : []
    content {
      sid       = "Rules"
      actions   = ["events:PutRule", "events:DeleteRule", "events:PutTargets", "events:RemoveTargets", "events:ListTargetsByRule"]
      resources = [for each in values(local.region_arns) : each.rules]
    }
  }

  # What a record says may be late; the table is asked.
  statement {
    sid       = "Site"
    actions   = ["dynamodb:GetItem"]
    resources = [local.sites_table_arn]
  }

  # What a site that is checked more often than each minute leaves for the tick function.
  statement {
    sid       = "TickSites"
    actions   = ["dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"]
    resources = [local.documents_table_arn]
  }
}

data "aws_iam_policy_document" "configuration" {
  source_policy_documents = [data.aws_iam_policy_document.schedules.json]

  # The stream's name ends with the moment when it was switched on.
  statement {
    sid       = "Stream"
    actions   = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"]
    resources = ["${local.sites_table_arn}/stream/*"]
  }
  # Knows no resources (service authorization reference, DynamoDB).
  statement {
    sid       = "Streams"
    actions   = ["dynamodb:ListStreams"]
    resources = ["*"]
  }
  statement {
    sid       = "Failures"
    actions   = ["sqs:SendMessage"]
    resources = [local.stream_failures_arn]
  }
}

data "aws_iam_policy_document" "reconcile" {
  source_policy_documents = [data.aws_iam_policy_document.schedules.json]

  statement {
    sid       = "Sites"
    actions   = ["dynamodb:Scan"]
    resources = [local.sites_table_arn]
  }
  # What a list names is looked at one by one.
  dynamic "statement" {
    for_each = var.schedules == "scheduler" ? [1] : []
    content {
      sid       = "Look"
      actions   = ["scheduler:GetSchedule"]
      resources = [for each in values(local.region_arns) : each.schedules]
    }
  }

  # Listing knows no resources (service authorization reference, EventBridge and its Scheduler).
  statement {
    sid       = "List"
    actions   = var.schedules == "scheduler" ? ["scheduler:ListScheduleGroups", "scheduler:ListSchedules"] : ["events:ListRules"]
    resources = ["*"]
  }
  statement {
    sid       = "Failures"
    actions   = ["sqs:SendMessage"]
    resources = [local.failures.arn]
  }
}
