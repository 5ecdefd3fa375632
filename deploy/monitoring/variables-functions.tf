# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "archive" {
  description = "The functions' zip, which `mvn package` makes."
  type        = string
  default     = "../../lambda/monitor/target/weir-lambda-monitor.zip"
}

variable "runtime" {
  description = "Runtime of the functions. A variable, since version 5 of the AWS provider refuses to see java25 in a configuration."
  type        = string
  default     = "java25"
}

variable "architecture" {
  description = "Processors of the functions: arm64 or x86_64."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

variable "snap_start" {
  description = "Whether functions start from a snapshot of their initialized JVM."
  type        = bool
  default     = true
}

variable "telemetry_layers" {
  description = "ARN of the OpenTelemetry layer (AWS Distro, Java) by region; a region without one is not traced."
  type        = map(string)
  default     = {}
}

variable "telemetry_wrapper" {
  description = "The script in telemetry_layers that a function is started by."
  type        = string
  default     = "/opt/otel-instrument"
}

variable "log_level" {
  description = "Least severe level that is logged: DEBUG, INFO, WARN or ERROR."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["DEBUG", "INFO", "WARN", "ERROR"], var.log_level)
    error_message = "log_level must be DEBUG, INFO, WARN or ERROR."
  }
}

variable "functions" {
  description = "Memory in MiB, timeout in seconds and reserved concurrency of a function, by its word: check, tick, configuration, reconcile, writer, notices, rollup, sites. What is left out keeps its default of functions.tf. A reservation of -1 is none; it guarantees and caps, and takes nothing off a cold start."
  type = map(object({
    memory      = optional(number)
    timeout     = optional(number)
    concurrency = optional(number)
  }))
  default = {}

  validation {
    condition     = length(setsubtract(keys(var.functions), ["check", "tick", "configuration", "reconcile", "writer", "notices", "rollup", "sites"])) == 0
    error_message = "functions may name check, tick, configuration, reconcile, writer, notices, rollup and sites."
  }
  validation {
    condition     = coalesce(try(var.functions["writer"].timeout, null), 60) > 15
    error_message = "The timeout of the writer must be more than 15 s: it keeps so many for incidents."
  }
}

variable "concurrent_orders" {
  description = "Batches of the order queue that are checked at once in a region, 2 to 1000."
  type        = number
  default     = 50

  validation {
    condition     = var.concurrent_orders >= 2 && var.concurrent_orders <= 1000 && floor(var.concurrent_orders) == var.concurrent_orders
    error_message = "concurrent_orders must be a whole number from 2 to 1000."
  }
}

variable "concurrent_writers" {
  description = "Batches of results that are written at once, 2 to 1000."
  type        = number
  default     = 10

  validation {
    condition     = var.concurrent_writers >= 2 && var.concurrent_writers <= 1000 && floor(var.concurrent_writers) == var.concurrent_writers
    error_message = "concurrent_writers must be a whole number from 2 to 1000."
  }
}

variable "runs_at_a_time" {
  description = "Checks at a time in one invocation, 1 to 500."
  type        = number
  default     = 100

  validation {
    condition     = var.runs_at_a_time >= 1 && var.runs_at_a_time <= 500 && floor(var.runs_at_a_time) == var.runs_at_a_time
    error_message = "runs_at_a_time must be a whole number from 1 to 500."
  }
}

variable "record_layout" {
  description = "check for one record a run, legacy for the four of the original."
  type        = string
  default     = "check"

  validation {
    condition     = contains(["check", "legacy"], var.record_layout)
    error_message = "record_layout must be check or legacy."
  }
}

variable "network_policy" {
  description = "Where checks may connect to: public, any, or ranges such as 10.0.0.0/8."
  type        = string
  default     = "public"
}

variable "anchors" {
  description = "Endpoints that are as good as always there; when most sites and all of these fail, our own side is taken to be broken."
  type        = list(string)
  default     = []
}

variable "check_secrets" {
  description = "Variables that definitions name as $${env:NAME}, such as a token for a site's header. Their names must begin with WEIR_SECRET_."
  type        = map(string)
  default     = {}
  sensitive   = true

  validation {
    condition     = alltrue([for name in keys(var.check_secrets) : startswith(name, "WEIR_SECRET_")])
    error_message = "The names of check_secrets must begin with WEIR_SECRET_."
  }
}

variable "notices" {
  description = "Who is told of incidents: the text of a notices file (docs/notices.md). Empty: the stack's topic alone."
  type        = string
  default     = ""

  validation {
    condition     = length(base64encode(var.notices)) <= 4000
    error_message = "notices must have at most 3000 bytes: Lambda has 4 KB for all variables of a function."
  }
}

variable "notice_secrets" {
  description = "Variables that notices names as $${env:NAME}, such as a webhook's header. Their names must begin with WEIR_SECRET_."
  type        = map(string)
  default     = {}
  sensitive   = true

  validation {
    condition     = alltrue([for name in keys(var.notice_secrets) : startswith(name, "WEIR_SECRET_")])
    error_message = "The names of notice_secrets must begin with WEIR_SECRET_."
  }
}

variable "notice_topics" {
  description = "ARNs of the topics that notices names, beside the stack's own."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.notice_topics : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[a-zA-Z0-9_-]+([.]fifo)?$", arn))])
    error_message = "notice_topics must be ARNs of topics of SNS."
  }
}
