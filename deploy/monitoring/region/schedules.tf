# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# The schedules themselves are made by the configuration function, one for each site that is checked
# each so many minutes from here, in its customer's group, which that function makes, too: what
# Terraform made then would be there already.

# With schedules = "rules" EventBridge calls the function itself, without a role.
resource "aws_lambda_permission" "rules" {
  for_each = var.rule_prefix == null ? {} : { check = module.check, tick = module.tick }

  statement_id   = "rules"
  action         = "lambda:InvokeFunction"
  function_name  = each.value.name
  qualifier      = each.value.alias_name
  principal      = "events.amazonaws.com"
  source_account = local.account
  source_arn     = "arn:${local.partition}:events:${local.region}:${local.account}:rule/${var.rule_prefix}*"
}
