# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = var.role_name
  description        = "What ${var.name} in ${local.region} may."
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

data "aws_iam_policy_document" "log" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.log_arn}:*"]
  }

  # X-Ray has no resources that could be named.
  dynamic "statement" {
    for_each = local.traced ? [1] : []
    content {
      actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
      resources = ["*"]
    }
  }
}

resource "aws_iam_role_policy" "log" {
  name   = "log"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.log.json
}

resource "aws_iam_role_policy" "work" {
  for_each = var.policies

  name   = each.key
  role   = aws_iam_role.this.id
  policy = each.value
}

# Lambda lays a function's interfaces into the subnets with the function's role. Interfaces have no
# names beforehand, and describing knows no resources.
data "aws_iam_policy_document" "network" {
  count = var.network == null ? 0 : 1

  statement {
    actions = ["ec2:CreateNetworkInterface"]
    resources = concat(
      ["arn:${data.aws_partition.this.partition}:ec2:${local.region}:${local.account}:network-interface/*"],
      [for id in var.network.subnet_ids : "arn:${data.aws_partition.this.partition}:ec2:${local.region}:${local.account}:subnet/${id}"],
      [for id in var.network.security_group_ids : "arn:${data.aws_partition.this.partition}:ec2:${local.region}:${local.account}:security-group/${id}"],
    )
  }
  statement {
    actions   = ["ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"]
    resources = ["arn:${data.aws_partition.this.partition}:ec2:${local.region}:${local.account}:network-interface/*"]
  }
  statement {
    actions   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "network" {
  count = var.network == null ? 0 : 1

  name   = "network"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.network[0].json
}
