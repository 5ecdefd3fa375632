// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

/** Makes tables that Weir keeps for itself. Thread-safe. */
public interface TableCreator {

  /**
   * Makes the database and the table where they are missing; where the table is there, its rules
   * become these. Durable on return.
   */
  void createIfMissing(TableName table, TableRules rules);
}
