// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import dev.weir.store.TableDescription;
import org.jspecify.annotations.Nullable;

/** What a text asks for. The catalog statements carry all that is needed to answer them. */
public sealed interface Statement
    permits Query,
        Statement.ShowDatabases,
        Statement.ShowTables,
        Statement.ShowMeasures,
        Statement.Describe {

  /** {@code SHOW DATABASES [LIKE pattern]}; one column {@code Database}. */
  record ShowDatabases(@Nullable LikePattern like) implements Statement {}

  /**
   * {@code SHOW TABLES [FROM database] [LIKE pattern]}; one column {@code Table}.
   *
   * @param database exists and is in the scope, or null for the tables of all databases in it
   */
  record ShowTables(@Nullable String database, @Nullable LikePattern like) implements Statement {}

  /**
   * {@code SHOW MEASURES FROM database.table [LIKE pattern]}; columns {@code measure_name}, {@code
   * data_type}, {@code dimensions}.
   */
  record ShowMeasures(TableDescription table, @Nullable LikePattern like) implements Statement {}

  /**
   * {@code DESCRIBE database.table}; columns {@code Column}, {@code Type}, {@code Timestream
   * attribute type}.
   */
  record Describe(TableDescription table) implements Statement {}
}
