# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# A function with the role that is its own, its log, the alias that is called, and its alarms.

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  region    = data.aws_region.this.id
  account   = data.aws_caller_identity.this.account_id
  arn       = "arn:${data.aws_partition.this.partition}:lambda:${local.region}:${local.account}:function:${var.name}"
  log_group = "/aws/lambda/${var.name}"
  log_arn   = "arn:${data.aws_partition.this.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}"
  traced    = var.telemetry_layer != ""

  variables = merge(
    { LOG_LEVEL = var.code.log_level },
    local.traced ? { AWS_LAMBDA_EXEC_WRAPPER = var.code.telemetry_wrapper } : {},
    var.environment,
  )
}

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338:A year of a line for each check is paid for and read by nobody; log_retention_days sets it
  name              = local.log_group
  retention_in_days = var.code.log_days
  kms_key_id        = var.key_arn
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_116:Calls that fail go where the event source or the invoke configuration says
  # checkov:skip=CKV_AWS_117:Sites are checked from the internet; what talks to Timestream is in a VPC where timestream_network says so
  # checkov:skip=CKV_AWS_115:functions.NAME.concurrency reserves; by default a reservation would take from the account
  # checkov:skip=CKV_AWS_272:The zip is built here and checked by its hash
  # checkov:skip=CKV_AWS_50:Traced by OpenTelemetry where a layer is given; X-Ray's own SDK is at its end
  function_name                  = var.name
  description                    = var.description
  role                           = aws_iam_role.this.arn
  handler                        = var.handler
  filename                       = var.code.archive
  source_code_hash               = var.code.hash
  runtime                        = var.code.runtime
  architectures                  = [var.code.architecture]
  memory_size                    = var.size.memory
  timeout                        = var.size.timeout
  reserved_concurrent_executions = var.size.concurrency
  layers                         = local.traced ? [var.telemetry_layer] : []
  kms_key_arn                    = var.key_arn

  # A version is what an alias stands for, and what a snapshot is taken of.
  publish = true

  snap_start {
    apply_on = var.code.snap_start ? "PublishedVersions" : "None"
  }

  tracing_config {
    mode = local.traced ? "Active" : "PassThrough"
  }

  environment {
    variables = local.variables
  }

  dynamic "vpc_config" {
    for_each = var.network == null ? [] : [var.network]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  lifecycle {
    precondition {
      condition     = length(base64encode(join("", flatten([for name, value in local.variables : [name, value]])))) <= 4 * ceil(4096 / 3)
      error_message = "Lambda has 4 KB for all variables of a function; those of ${var.name} are more. Shorten notices, or the secrets."
    }
  }

  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.log, aws_iam_role_policy.work, aws_iam_role_policy.network]
}

resource "aws_lambda_alias" "this" {
  name             = var.alias
  description      = "The newest version; everything that calls ${var.name} calls this."
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.failures == null ? 0 : 1

  function_name                = aws_lambda_function.this.function_name
  qualifier                    = aws_lambda_alias.this.name
  maximum_event_age_in_seconds = var.asynchronous.seconds
  maximum_retry_attempts       = var.asynchronous.retries

  destination_config {
    on_failure {
      destination = var.failures.arn
    }
  }
}
