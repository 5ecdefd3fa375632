# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

provider "aws" {
  region = var.region

  default_tags {
    tags = { application = var.name }
  }
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

data "aws_subnet" "instance" {
  id = var.subnet_id
}

data "aws_ssm_parameter" "image" {
  count = var.image_id == "" ? 1 : 0
  name  = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${var.architecture}"
}

locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  port      = 9201
  type      = var.instance_type != "" ? var.instance_type : var.architecture == "arm64" ? "t4g.small" : "t3.small"
  image     = var.image_id != "" ? var.image_id : nonsensitive(data.aws_ssm_parameter.image[0].value)
  alarms    = compact([var.alarm_topic])
}

resource "aws_instance" "weir" {
  # checkov:skip=CKV_AWS_8:The volumes are encrypted below
  ami                    = local.image
  instance_type          = local.type
  subnet_id              = var.subnet_id
  vpc_security_group_ids = [aws_security_group.instance.id]
  iam_instance_profile   = aws_iam_instance_profile.weir.name
  ebs_optimized          = true
  monitoring             = true

  associate_public_ip_address = false

  # Nobody logs in by SSH: aws ssm start-session.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted   = true
    kms_key_id  = aws_kms_key.volumes.arn
    volume_type = "gp3"
    volume_size = 8
  }

  user_data_replace_on_change = true
  user_data = templatefile("${path.module}/first-boot.sh", {
    region    = var.region
    bucket    = var.archive_bucket
    key       = var.archive_key
    secret    = var.credentials_secret_arn
    volume    = aws_ebs_volume.data.id
    port      = local.port
    retention = var.retention
  })

  tags = { Name = var.name }
}
