# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

module "key" {
  source = "./key"

  name        = local.name
  description = "Tables, queues, the topic, logs and functions of ${local.name}"
  partition   = local.partition
  account     = local.account
  region      = var.region
  log_groups  = "/aws/*/${local.name}*"
}

# Each customer's results are under a key of its own: without the key they can't be read, by anybody.
module "customer_key" {
  source   = "./key"
  for_each = local.own_timestream ? {} : { for customer, each in local.customers : customer => each if each.kms_key_arn == null }

  name        = "${local.name}-results-${replace(each.key, ".", "_")}"
  description = "Results of the customer ${each.key} in Timestream"
  partition   = local.partition
  account     = local.account
  region      = var.region
}

locals {
  customer_key_arns = { for customer, each in local.customers : customer =>
    each.kms_key_arn != null ? each.kms_key_arn : local.own_timestream ? null : module.customer_key[customer].arn
  }
}

# Policies of their own: what a key is called is known when it is made, all else before.
data "aws_iam_policy_document" "keys" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    resources = [module.key.arn]
  }
}

# What could not be done goes to a queue of the region, which is under the region's key: Lambda sends
# it with the function's role.
data "aws_iam_policy_document" "failure_keys" {
  statement {
    sid       = "FailuresKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [module.home.key_arn]
  }
}

data "aws_iam_policy_document" "keys_and_failures" {
  source_policy_documents = [
    data.aws_iam_policy_document.keys.json,
    data.aws_iam_policy_document.failure_keys.json,
  ]
}

data "aws_iam_policy_document" "keys_results_and_failures" {
  source_policy_documents = [
    data.aws_iam_policy_document.keys_and_results.json,
    data.aws_iam_policy_document.failure_keys.json,
  ]
}

data "aws_iam_policy_document" "keys_and_results" {
  source_policy_documents = [data.aws_iam_policy_document.keys.json]

  dynamic "statement" {
    for_each = local.own_timestream ? [] : [1]
    content {
      sid       = "Results"
      actions   = ["kms:Decrypt", "kms:DescribeKey"]
      resources = [for arn in values(local.customer_key_arns) : arn if arn != null]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["timestream.${var.region}.amazonaws.com"]
      }
    }
  }
}
