# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

data "aws_iam_policy_document" "instance" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "weir" {
  name               = var.name
  description        = "What the instance of ${var.name} may."
  assume_role_policy = data.aws_iam_policy_document.instance.json
}

resource "aws_iam_instance_profile" "weir" {
  name = var.name
  role = aws_iam_role.weir.name
}

data "aws_iam_policy_document" "work" {
  # checkov:skip=CKV_AWS_111:A session of Systems Manager has no resources that could be named
  # checkov:skip=CKV_AWS_356:A session of Systems Manager has no resources that could be named
  statement {
    sid       = "Archive"
    actions   = ["s3:GetObject"]
    resources = ["arn:${local.partition}:s3:::${var.archive_bucket}/${var.archive_key}"]
  }
  statement {
    sid       = "Callers"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.credentials_secret_arn]
  }

  dynamic "statement" {
    for_each = compact([var.credentials_key_arn])
    content {
      sid       = "KeyOfCallers"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }

  # What the agent needs for a session, and no more; it has no resources (service authorization
  # reference, Systems Manager and Session Manager Message Gateway).
  statement {
    sid = "Sessions"
    actions = [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "work" {
  name   = "work"
  role   = aws_iam_role.weir.id
  policy = data.aws_iam_policy_document.work.json
}
