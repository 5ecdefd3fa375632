# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

provider "aws" {
  region = var.region

  default_tags { tags = var.tags }
}

# Terraform can't repeat a provider for each of a list. Two more regions have a place here; where
# one isn't used, its provider stands idle in the home region. A fourth: see the README.
provider "aws" {
  alias  = "second"
  region = var.second_region != "" ? var.second_region : var.region

  default_tags { tags = var.tags }
}

provider "aws" {
  alias  = "third"
  region = var.third_region != "" ? var.third_region : var.region

  default_tags { tags = var.tags }
}

# Who is asked for Timestream's databases: Amazon, or a `weir serve`, which has keys of its own.
provider "aws" {
  alias  = "timestream"
  region = var.region

  access_key                  = local.own_timestream ? var.timestream_access_key_id : null
  secret_key                  = local.own_timestream ? var.timestream_secret_access_key : null
  skip_credentials_validation = local.own_timestream
  skip_requesting_account_id  = local.own_timestream

  dynamic "endpoints" {
    for_each = local.own_timestream ? [var.timestream_endpoint] : []
    content {
      timestreamwrite = endpoints.value
    }
  }
}
