# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

data "aws_iam_policy_document" "check" {
  statement {
    sid       = "Orders"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [local.orders_arn]
  }
  statement {
    sid       = "Results"
    actions   = ["sqs:SendMessage"]
    resources = [var.results_queue_arn]
  }
  statement {
    sid       = "Claims"
    actions   = ["dynamodb:UpdateItem"]
    resources = [var.documents_table_arn]
  }
  statement {
    sid       = "Failures"
    actions   = ["sqs:SendMessage"]
    resources = [local.schedule_failures_arn]
  }
}

data "aws_iam_policy_document" "tick" {
  statement {
    sid       = "SitesAndClaims"
    actions   = ["dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [var.documents_table_arn]
  }
  statement {
    sid       = "Orders"
    actions   = ["sqs:SendMessage"]
    resources = [local.orders_arn]
  }
  statement {
    sid       = "Failures"
    actions   = ["sqs:SendMessage"]
    resources = [local.schedule_failures_arn]
  }
}

# A policy of its own: what a key is called is known when it is made, all else before.
data "aws_iam_policy_document" "keys" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    resources = distinct([module.key.arn, var.home_key_arn])
  }
}
