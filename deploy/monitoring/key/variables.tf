# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "name" { type = string }

variable "description" { type = string }

variable "partition" { type = string }

variable "account" { type = string }

variable "region" { type = string }

variable "log_groups" {
  description = "Names of log groups that the key encrypts, with * as CloudWatch has it; null for none."
  type        = string
  default     = null
}
