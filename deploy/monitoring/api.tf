# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# The calls of `weir sites`, for whoever signs with SigV4 and may invoke the API.

resource "aws_apigatewayv2_api" "sites" {
  name          = "${local.name}-sites"
  description   = "Shows and changes the sites that are checked"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "sites" {
  api_id                 = aws_apigatewayv2_api.sites.id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = module.sites.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "sites" {
  for_each = toset([
    "GET /api/v1/sites",
    "PUT /api/v1/sites",
    "GET /api/v1/sites/{customer}/{id}",
    "DELETE /api/v1/sites/{customer}/{id}",
  ])

  api_id             = aws_apigatewayv2_api.sites.id
  route_key          = each.key
  authorization_type = "AWS_IAM"
  target             = "integrations/${aws_apigatewayv2_integration.sites.id}"
}

resource "aws_cloudwatch_log_group" "api" {
  # checkov:skip=CKV_AWS_338:log_retention_days sets it
  name              = "/aws/apigateway/${local.name}-sites"
  retention_in_days = var.log_retention_days
  kms_key_id        = module.key.arn
}

resource "aws_apigatewayv2_stage" "sites" {
  api_id      = aws_apigatewayv2_api.sites.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_burst_limit   = 50
    throttling_rate_limit    = 20
    detailed_metrics_enabled = true
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format = jsonencode({
      id     = "$context.requestId"
      at     = "$context.requestTime"
      route  = "$context.routeKey"
      status = "$context.status"
      ms     = "$context.responseLatency"
      caller = "$context.identity.caller"
      error  = "$context.integrationErrorMessage"
    })
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = module.sites.name
  qualifier     = module.sites.alias_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.sites.execution_arn}/$default/*/api/v1/sites*"
}
