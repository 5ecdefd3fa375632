# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

resource "aws_dynamodb_table" "sites" {
  name         = local.sites_table
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "SiteId"

  # Each change goes to the configuration function, with what was there before.
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "SiteId"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = module.key.arn
  }
}

# What the functions know: states of sites, incidents, waiting notices, claims on slots. What has
# an end carries it in expires.
resource "aws_dynamodb_table" "documents" {
  name         = local.documents_table
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "collection"
  range_key    = "id"

  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "collection"
    type = "S"
  }

  attribute {
    name = "id"
    type = "S"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = module.key.arn
  }
}
