# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

resource "aws_kms_key" "volumes" {
  description         = "Volumes and snapshots of ${var.name}"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RolesOfTheAccount"
      Effect    = "Allow"
      Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

# All that Weir keeps. It outlives the instance, and destroy refuses to take it.
resource "aws_ebs_volume" "data" {
  availability_zone = data.aws_subnet.instance.availability_zone
  encrypted         = true
  kms_key_id        = aws_kms_key.volumes.arn
  type              = "gp3"
  size              = var.volume_gib

  tags = { Name = "${var.name}-data", Backup = var.name }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.weir.id

  # The service ends, and with it the last write, before the volume goes.
  stop_instance_before_detaching = true
}

data "aws_iam_policy_document" "lifecycle" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["dlm.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "lifecycle" {
  name               = "${var.name}-snapshots"
  assume_role_policy = data.aws_iam_policy_document.lifecycle.json
}

data "aws_iam_policy_document" "snapshots" {
  statement {
    actions = ["ec2:CreateSnapshot", "ec2:CreateSnapshots"]
    resources = [
      aws_ebs_volume.data.arn,
      "arn:${local.partition}:ec2:${var.region}::snapshot/*",
    ]
  }
  statement {
    actions   = ["ec2:CreateTags"]
    resources = ["arn:${local.partition}:ec2:${var.region}::snapshot/*"]
  }
  statement {
    actions   = ["ec2:DeleteSnapshot"]
    resources = ["arn:${local.partition}:ec2:${var.region}::snapshot/*"]

    condition {
      test     = "StringLike"
      variable = "aws:ResourceTag/dlm:managed"
      values   = ["*"]
    }
  }
  # Describing knows no resources.
  statement {
    actions   = ["ec2:DescribeVolumes", "ec2:DescribeInstances", "ec2:DescribeSnapshots"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "snapshots" {
  name   = "snapshots"
  role   = aws_iam_role.lifecycle.id
  policy = data.aws_iam_policy_document.snapshots.json
}

# A snapshot is the volume at one moment, as after a killed process: Weir's next start reads its log.
resource "aws_dlm_lifecycle_policy" "daily" {
  description        = "Daily snapshots of what ${var.name} keeps"
  execution_role_arn = aws_iam_role.lifecycle.arn

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = var.name }

    schedule {
      name      = "daily"
      copy_tags = true

      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["03:00"]
      }
      retain_rule {
        count = var.snapshots
      }
    }
  }
}
