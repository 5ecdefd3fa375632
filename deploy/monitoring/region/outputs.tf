# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

output "orders_url" { value = module.orders.url }

output "orders_name" { value = module.orders.name }

output "schedule_failures_arn" { value = aws_sqs_queue.schedule_failures.arn }

output "functions" { value = [module.check.name, module.tick.name] }

output "roles" {
  value = { check = module.check.role_name, tick = module.tick.role_name }
}

output "key_arn" { value = module.key.arn }

output "policies" {
  value = {
    check = data.aws_iam_policy_document.check.json
    tick  = data.aws_iam_policy_document.tick.json
  }
}
