# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "name" { type = string }

variable "key_arn" { type = string }

variable "visibility_seconds" {
  description = "How long a message that was taken stays hidden; six times the timeout of the function that takes it, and its window."
  type        = number
}

variable "retention_seconds" {
  type = number
}

variable "receives" {
  description = "How often a message is tried."
  type        = number
}

variable "age_seconds" {
  description = "At what age of its oldest message somebody is told."
  type        = number
}

variable "alarm_topics" { type = list(string) }
