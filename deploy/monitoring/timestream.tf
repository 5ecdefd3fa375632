# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# A database for each customer, since Timestream's keys go by database; tables in it have the
# retention of its customer.

resource "aws_timestreamwrite_database" "customer" {
  for_each = local.customers
  provider = aws.timestream

  database_name = local.databases[each.key]
  kms_key_id    = local.customer_key_arns[each.key]
}

resource "aws_timestreamwrite_table" "results" {
  for_each = local.customers
  provider = aws.timestream

  database_name = aws_timestreamwrite_database.customer[each.key].database_name
  table_name    = var.timestream_table

  retention_properties {
    memory_store_retention_period_in_hours  = each.value.memory_hours
    magnetic_store_retention_period_in_days = each.value.magnetic_days
  }

  # A result that waited in a queue longer than the memory store goes back is kept all the same.
  magnetic_store_write_properties {
    enable_magnetic_store_writes = true
  }
}

resource "aws_timestreamwrite_table" "hourly" {
  for_each = local.customers
  provider = aws.timestream

  database_name = aws_timestreamwrite_database.customer[each.key].database_name
  table_name    = local.hourly_table

  retention_properties {
    memory_store_retention_period_in_hours  = each.value.memory_hours
    magnetic_store_retention_period_in_days = each.value.hourly_days
  }

  # Sums of past hours are made anew.
  magnetic_store_write_properties {
    enable_magnetic_store_writes = true
  }
}
