# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

variable "region" {
  description = "Where the instance is."
  type        = string
  default     = "eu-west-1"
}

variable "name" {
  description = "Name of everything here."
  type        = string
  default     = "weir"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.name))
    error_message = "name must be 1 to 20 letters a-z, digits and -, and begin with a letter."
  }
}

variable "subnet_id" {
  description = "Private subnet of the instance, with a way to the internet or to endpoints of S3, Secrets Manager and Systems Manager."
  type        = string
}

variable "balancer_subnet_ids" {
  description = "Subnets of the load balancer; one must be in the zone of the instance. Public ones where internal is false."
  type        = list(string)
}

variable "vpc_id" {
  description = "VPC of the subnets."
  type        = string
}

variable "internal" {
  description = "Whether the load balancer is reached inside of the VPC only."
  type        = bool
  default     = true
}

variable "clients" {
  description = "Ranges of addresses that may reach Weir, such as the VPC's. Functions outside of a VPC have addresses that nobody knows beforehand: 0.0.0.0/0 with internal = false lets them in, and signatures keep others out."
  type        = list(string)

  validation {
    condition     = length(var.clients) > 0 && alltrue([for range in var.clients : can(cidrhost(range, 0))])
    error_message = "clients must name at least one range such as 10.0.0.0/16."
  }
}

variable "certificate_arn" {
  description = "Certificate of ACM, in this region, for the name that clients use."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:acm:[a-z0-9-]+:\\d{12}:certificate/[a-f0-9-]+$", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of a certificate of ACM."
  }
}

variable "zone_id" {
  description = "Zone of Route 53 in which host_name is made; empty where you make it yourself."
  type        = string
  default     = ""
}

variable "host_name" {
  description = "Name that clients use, of the certificate."
  type        = string
}

variable "archive_bucket" {
  description = "Bucket that Weir's archive was copied to."
  type        = string
}

variable "archive_key" {
  description = "Key of the archive there, such as weir-0.1.0.zip. Another key replaces the instance; its data stays."
  type        = string
}

variable "credentials_secret_arn" {
  description = "Secret of Secrets Manager whose text is Weir's credentials file (docs/timestream.md). It is made by you, so that it never is in Terraform's state."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:.+$", var.credentials_secret_arn))
    error_message = "credentials_secret_arn must be the ARN of a secret of Secrets Manager."
  }
}

variable "credentials_key_arn" {
  description = "Key that the secret is encrypted with; empty for Secrets Manager's own."
  type        = string
  default     = ""
}

variable "architecture" {
  description = "Processor: arm64 or x86_64."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

variable "instance_type" {
  description = "Type of the instance, of the architecture; empty for t4g.small or t3.small."
  type        = string
  default     = ""
}

variable "image_id" {
  description = "Image of Amazon Linux 2023; empty for the newest. A newer one replaces the instance; its data stays."
  type        = string
  default     = ""
}

variable "volume_gib" {
  description = "Size of the data volume."
  type        = number
  default     = 50
}

variable "retention" {
  description = "How long tables of Weir itself keep samples; tables made over the API have their own."
  type        = string
  default     = "365d"
}

variable "snapshots" {
  description = "Days that daily snapshots of the data volume are kept."
  type        = number
  default     = 14
}

variable "alarm_topic" {
  description = "Topic of SNS that alarms go to; empty for alarms that only show."
  type        = string
  default     = ""
}
