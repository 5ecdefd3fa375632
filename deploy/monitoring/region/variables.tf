# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "name" { type = string }

variable "home_region" { type = string }

variable "role_suffix" {
  description = "What tells the roles of this region from those of the home region, whose are named as the original's."
  type        = string
}

variable "code" {
  description = "See function/variables.tf."
  type        = any
}

variable "check" {
  description = "Size of the check function."
  type        = any
}

variable "tick" {
  description = "Size of the tick function."
  type        = any
}

variable "environment" {
  description = "Variables of all functions."
  type        = map(string)
}

variable "check_environment" {
  description = "Variables of the check function alone, secrets among them."
  type        = map(string)
}

variable "targets" {
  description = "What this region has, as the functions are told of regions; the tick function is told of its own."
  type        = map(string)
}

variable "rule_prefix" {
  description = "Prefix of the rules that may call the check function; null where rules don't."
  type        = string
}

variable "concurrent_orders" { type = number }

variable "documents_table_arn" { type = string }

variable "results_queue_arn" { type = string }

variable "home_key_arn" {
  description = "Key of the documents table and the results queue."
  type        = string
}

variable "telemetry_layer" { type = string }

variable "alarm_topics" { type = list(string) }

