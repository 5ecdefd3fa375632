# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "name" { type = string }

variable "description" { type = string }

variable "handler" { type = string }

variable "role_name" { type = string }

variable "policies" {
  description = "Documents of what the function may, by the names of the policies."
  type        = map(string)
}

variable "code" {
  description = "The zip and how it is run: of all functions alike."
  type = object({
    archive      = string
    hash         = string
    runtime      = string
    architecture = string
    snap_start   = bool
    log_level    = string
    log_days     = number

    telemetry_wrapper = string
  })
}

variable "size" {
  description = "Memory in MiB, timeout in seconds, reserved concurrency (-1: none)."
  type = object({
    memory      = number
    timeout     = number
    concurrency = number
  })
}

variable "environment" { type = map(string) }

variable "alias" {
  description = "What is called; it stands for the newest version."
  type        = string
  default     = "live"
}

variable "key_arn" {
  description = "Key of the function's variables and its log."
  type        = string
}

variable "failures" {
  description = "Queue that takes what an asynchronous call could not do; null where nobody calls so. Not the ARN of a resource to be made, since its being there decides what is made."
  type        = object({ arn = string })
  default     = null
}

variable "asynchronous" {
  description = "How long a call that was taken may wait, and how often it is made again."
  type        = object({ seconds = number, retries = number })
  default     = { seconds = 3600, retries = 2 }
}

variable "telemetry_layer" {
  description = "ARN of the OpenTelemetry layer; empty for none."
  type        = string
  default     = ""
}

variable "network" {
  description = "Subnets and security groups; null where it isn't in a VPC."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null
}

variable "alarm" {
  description = "In how many minutes, of how many, there are errors when somebody is told."
  type        = object({ minutes = number, of = number })
  default     = { minutes = 5, of = 5 }
}

variable "alarm_topics" { type = list(string) }
