# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

output "name" { value = aws_lambda_function.this.function_name }

output "arn" { value = aws_lambda_function.this.arn }

output "alias_arn" { value = aws_lambda_alias.this.arn }

output "alias_name" { value = aws_lambda_alias.this.name }

output "invoke_arn" { value = aws_lambda_alias.this.invoke_arn }

output "role_name" { value = aws_iam_role.this.name }

# An event source is polled with the function's role, which must be complete by then.
output "ready" {
  value      = aws_lambda_alias.this.arn
  depends_on = [aws_iam_role_policy.work]
}
