# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "region" {
  description = "Home region: the tables, the queue of results, the writer and Timestream are there, and sites are checked from it."
  type        = string
  default     = "eu-west-1"
}

variable "second_region" {
  description = "A second region that sites are checked from; empty for none."
  type        = string
  default     = ""
}

variable "third_region" {
  description = "A third region that sites are checked from; empty for none."
  type        = string
  default     = ""
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = { application = "cpt-monitoring" }
}

variable "customers" {
  description = "Customers that have sites, and how long each one's results are kept. The customer default has the sites that name none, and is always there. kms_key_arn is a key of the customer's own for its database; without it one is made."
  type = map(object({
    memory_hours  = optional(number, 12)
    magnetic_days = optional(number, 180)
    hourly_days   = optional(number, 730)
    kms_key_arn   = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.customers) : can(regex("^[a-zA-Z0-9][a-zA-Z0-9._-]{0,48}$", name))])
    error_message = "A customer's name must be 1 to 49 letters, digits, ., _ and -, and begin with a letter or digit: a schedule group has no room for more."
  }
  validation {
    condition = alltrue([
      for each in values(var.customers) : each.memory_hours >= 1 && each.memory_hours <= 8766
      && each.magnetic_days >= 1 && each.magnetic_days <= 73000
      && each.hourly_days >= 1 && each.hourly_days <= 73000
    ])
    error_message = "Retention must be 1 to 8766 hours in memory and 1 to 73000 days on disk: Timestream has no more."
  }
}

variable "schedules" {
  description = "Who starts the checks: scheduler (EventBridge Scheduler) or rules (EventBridge rules as the original had; 300 in a region)."
  type        = string
  default     = "scheduler"

  validation {
    condition     = contains(["scheduler", "rules"], var.schedules)
    error_message = "schedules must be scheduler or rules."
  }
}

variable "shards" {
  description = "Shards of the sites that are checked more often than each minute: one schedule for each shard and region."
  type        = number
  default     = 4

  validation {
    condition     = var.shards >= 1 && var.shards <= 1000 && floor(var.shards) == var.shards
    error_message = "shards must be a whole number from 1 to 1000."
  }
}

variable "alarm_topics" {
  description = "Topic of SNS that alarms go to, by region; where a region has none its alarms only show."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for region, arn in var.alarm_topics : can(regex("^arn:[a-z-]+:sns:${region}:\\d{12}:[a-zA-Z0-9_-]+$", arn))])
    error_message = "alarm_topics must name a topic of each region by its ARN; an alarm reaches topics of its own region alone."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
}

variable "deletion_protection" {
  description = "Whether DynamoDB refuses to delete the tables; set it to false, and apply, before terraform destroy."
  type        = bool
  default     = true
}
