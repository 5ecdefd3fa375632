// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.CatalogChange.PutDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import dev.weir.store.embedded.catalog.DatabaseState;
import dev.weir.store.embedded.catalog.TableState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What format 1 of the folder had in its file and the present one has not: a table of tables, all
 * of them Weir's own, numbered without a gap.
 */
final class FirstFormat {

  private final Statement statement;

  FirstFormat(Statement statement) {
    this.statement = statement;
  }

  boolean present() throws SQLException {
    try (ResultSet result =
        statement.executeQuery(
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'weir_table'")) {
      result.next();
      return result.getLong(1) > 0;
    }
  }

  /** Its tables, and their databases, as if they were made now. */
  List<CatalogChange> changes(Instant now) throws SQLException {
    Map<String, CatalogChange> databases = new LinkedHashMap<>();
    List<CatalogChange> tables = new ArrayList<>();
    try (ResultSet result =
        statement.executeQuery(
            "SELECT id, db, name, retention, future, dimensions, measures, dimension_name,"
                + " dimension_value, measure_name, series FROM weir_table ORDER BY id")) {
      while (result.next()) {
        TableName name = new TableName(result.getString(2), result.getString(3));
        databases.put(name.database(), new PutDatabase(DatabaseState.plain(name.database(), now)));
        TableRules rules =
            new TableRules(
                Duration.ofMillis(result.getLong(4)),
                Duration.ofMillis(result.getLong(5)),
                result.getInt(6),
                result.getInt(7),
                result.getInt(8),
                result.getInt(9),
                result.getInt(10),
                result.getInt(11),
                null);
        tables.add(new PutTable(TableState.own(result.getInt(1), name, rules, now, now), 0));
      }
    }
    List<CatalogChange> changes = new ArrayList<>(databases.values());
    changes.addAll(tables);
    return changes;
  }

  /** Removes what was read, and notes the numbers that were given away. */
  void remove() throws SQLException {
    statement.execute(
        "UPDATE weir_meta SET tables = (SELECT coalesce(max(id) + 1, 0) FROM weir_table),"
            + " measures = (SELECT coalesce(max(id) + 1, 0) FROM weir_measure),"
            + " series = (SELECT coalesce(max(id) + 1, 0) FROM weir_series)");
    statement.execute("DROP TABLE weir_table");
  }
}
