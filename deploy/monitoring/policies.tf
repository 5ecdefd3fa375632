# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# What each function of the home region may, beside its log and its keys.

locals {
  # Documents are read one by one, several and in order, and changed several at a time.
  document_actions = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"]
}

data "aws_iam_policy_document" "timestream" {
  dynamic "statement" {
    for_each = local.own_timestream ? [] : [1]
    content {
      sid       = "TimestreamHasNoResourceForThis"
      actions   = ["timestream:DescribeEndpoints"]
      resources = ["*"]
    }
  }
}

data "aws_iam_policy_document" "states" {
  statement {
    sid       = "StatesAndNotices"
    actions   = local.document_actions
    resources = [local.documents_table_arn]
  }
}

data "aws_iam_policy_document" "topic" {
  statement {
    sid       = "Topic"
    actions   = ["sns:Publish"]
    resources = concat([local.notice_topic_arn], var.notice_topics)
  }
}

data "aws_iam_policy_document" "failures" {
  statement {
    sid       = "Failures"
    actions   = ["sqs:SendMessage"]
    resources = [local.failures.arn]
  }
}

data "aws_iam_policy_document" "writer" {
  source_policy_documents = [
    data.aws_iam_policy_document.timestream.json,
    data.aws_iam_policy_document.states.json,
  ]

  statement {
    sid       = "Results"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [local.results_queue_arn]
  }

  dynamic "statement" {
    for_each = local.own_timestream ? [] : [1]
    content {
      sid       = "Write"
      actions   = ["timestream:WriteRecords"]
      resources = local.result_table_arns
    }
  }
}

data "aws_iam_policy_document" "notices" {
  source_policy_documents = [
    data.aws_iam_policy_document.states.json,
    data.aws_iam_policy_document.topic.json,
    data.aws_iam_policy_document.failures.json,
  ]

  # One invocation at a time delivers.
  statement {
    sid       = "Claims"
    actions   = ["dynamodb:UpdateItem"]
    resources = [local.documents_table_arn]
  }
}

data "aws_iam_policy_document" "rollup" {
  source_policy_documents = [
    data.aws_iam_policy_document.timestream.json,
    data.aws_iam_policy_document.states.json,
    data.aws_iam_policy_document.failures.json,
  ]

  # A query that is given up would go on, and be paid for. It knows no resource.
  dynamic "statement" {
    for_each = local.own_timestream ? [] : [1]
    content {
      sid       = "GiveUp"
      actions   = ["timestream:CancelQuery"]
      resources = ["*"]
    }
  }

  # Whose hours are summed; the incidents of sites that have gone end.
  statement {
    sid       = "Sites"
    actions   = ["dynamodb:GetItem", "dynamodb:Scan"]
    resources = [local.sites_table_arn]
  }

  dynamic "statement" {
    for_each = local.own_timestream ? [] : [1]
    content {
      sid       = "Read"
      actions   = ["timestream:Select", "timestream:DescribeTable"]
      resources = concat(local.result_table_arns, local.hourly_table_arns)
    }
  }
  dynamic "statement" {
    for_each = local.own_timestream ? [] : [1]
    content {
      sid       = "Write"
      actions   = ["timestream:WriteRecords"]
      resources = local.hourly_table_arns
    }
  }
}

data "aws_iam_policy_document" "sites" {
  statement {
    sid       = "Sites"
    actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Scan", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"]
    resources = [local.sites_table_arn]
  }
  statement {
    sid       = "States"
    actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
    resources = [local.documents_table_arn]
  }
}
