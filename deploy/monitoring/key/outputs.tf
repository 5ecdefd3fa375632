# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# The alias comes with the key: what needs the one waits for both.
output "arn" {
  value      = aws_kms_key.this.arn
  depends_on = [aws_kms_alias.this]
}
