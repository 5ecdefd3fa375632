# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "timestream_database" {
  description = "Database of the results. A customer's is this, a hyphen and the customer."
  type        = string
  default     = "CPTMonitoring"

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{3,200}$", var.timestream_database))
    error_message = "timestream_database must be 3 to 200 letters, digits, _, . and -."
  }
}

variable "timestream_table" {
  description = "Table of the results."
  type        = string
  default     = "WebsiteMonitoringData"

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{3,256}$", var.timestream_table))
    error_message = "timestream_table must be 3 to 256 letters, digits, _, . and -."
  }
}

variable "timestream_endpoint" {
  description = "URL of a `weir serve` in place of Amazon Timestream, which takes no new accounts; empty for Amazon's."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(https?://[a-zA-Z0-9.-]+(:\\d+)?)?$", var.timestream_endpoint))
    error_message = "timestream_endpoint must be a URL without a path, such as https://weir.example.com."
  }
}

variable "timestream_access_key_id" {
  description = "Access key of the functions and of Terraform at timestream_endpoint, as in Weir's credentials file."
  type        = string
  default     = ""
}

variable "timestream_secret_access_key" {
  description = "Secret of timestream_access_key_id. It is kept in the functions' variables, under a key of the stack, and in Terraform's state."
  type        = string
  default     = ""
  sensitive   = true
}

variable "timestream_network" {
  description = "Subnets and security groups of the functions that talk to Timestream, where timestream_endpoint is inside of a VPC. They need a way to DynamoDB there."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null
}
