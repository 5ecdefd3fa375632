// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.model.Dimension;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.RowSource.SourceColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBColumnType;
import org.jspecify.annotations.Nullable;

/** The catalog as rows of the engine: written with each seal, read at start. */
public final class DiskCatalog {

  private static final MeasureType[] TYPES = MeasureType.values();

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE IF NOT EXISTS weir_meta (sealed BIGINT)",
          "INSERT INTO weir_meta SELECT 0 WHERE NOT EXISTS (FROM weir_meta)",
          "CREATE TABLE IF NOT EXISTS weir_table (id BIGINT, db VARCHAR, name VARCHAR,"
              + " retention BIGINT, future BIGINT, dimensions BIGINT, measures BIGINT,"
              + " dimension_name BIGINT, dimension_value BIGINT, measure_name BIGINT,"
              + " series BIGINT)",
          "CREATE TABLE IF NOT EXISTS weir_measure"
              + " (id BIGINT, table_id BIGINT, type BIGINT, name VARCHAR)",
          "CREATE TABLE IF NOT EXISTS weir_column"
              + " (table_id BIGINT, ordinal BIGINT, type BIGINT, name VARCHAR)",
          "CREATE TABLE IF NOT EXISTS weir_series"
              + " (id BIGINT, measure_id BIGINT, dimensions VARCHAR)",
          "CREATE TABLE IF NOT EXISTS weir_partition (table_id BIGINT, lane BIGINT, day BIGINT,"
              + " row_count BIGINT, time_min BIGINT, time_max BIGINT)");

  private final Engine engine;

  public DiskCatalog(Engine engine) {
    this.engine = engine;
  }

  /** Makes what a new file lacks. */
  public void prepare() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : SCHEMA) {
        statement.execute(sql);
      }
    }
  }

  /** The newest log segment that is sealed, or 0. */
  public long sealedThrough() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT max(sealed) FROM weir_meta")) {
      result.next();
      return result.getLong(1);
    }
  }

  public Partitions partitions() throws SQLException {
    Map<String, Partition> byName = new HashMap<>();
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("FROM weir_partition")) {
      while (result.next()) {
        Partition partition =
            new Partition(
                result.getInt(1),
                result.getInt(2),
                result.getLong(3),
                result.getLong(4),
                result.getLong(5),
                result.getLong(6));
        byName.put(partition.sqlName(), partition);
      }
    }
    return new Partitions(byName);
  }

  /** Fills an empty catalog; every series may have points up to the newest sealed time. */
  public void load(StoreCatalog catalog, Partitions partitions) throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      loadTables(catalog, statement);
      try (ResultSet result =
          statement.executeQuery("SELECT table_id, type, name FROM weir_measure ORDER BY id")) {
        while (result.next()) {
          catalog.addMeasure(
              catalog.tableById(result.getInt(1)), result.getString(3), TYPES[result.getInt(2)]);
        }
      }
      try (ResultSet result =
          statement.executeQuery(
              "SELECT table_id, type, name FROM weir_column ORDER BY table_id, ordinal")) {
        while (result.next()) {
          catalog.addMultiColumn(
              catalog.tableById(result.getInt(1)), result.getString(3), TYPES[result.getInt(2)]);
        }
      }
      loadSeries(catalog, partitions, statement);
    }
  }

  private static void loadTables(StoreCatalog catalog, Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("FROM weir_table ORDER BY id")) {
      while (result.next()) {
        catalog.putTable(
            new TableName(result.getString(2), result.getString(3)),
            new TableRules(
                Duration.ofMillis(result.getLong(4)),
                Duration.ofMillis(result.getLong(5)),
                result.getInt(6),
                result.getInt(7),
                result.getInt(8),
                result.getInt(9),
                result.getInt(10),
                result.getInt(11)));
      }
    }
  }

  private static void loadSeries(StoreCatalog catalog, Partitions partitions, Statement statement)
      throws SQLException {
    Map<Integer, Long> newest = new HashMap<>();
    Map<String, String> shared = new HashMap<>();
    try (ResultSet result =
        statement.executeQuery("SELECT measure_id, dimensions FROM weir_series ORDER BY id")) {
      while (result.next()) {
        StoredMeasure measure = catalog.measureById(result.getInt(1));
        Series series =
            Series.of(
                measure.name(),
                DimensionText.read(result.getString(2)).stream()
                    .map(dimension ->
                        new Dimension(
                            shared.computeIfAbsent(dimension.name(), name -> name),
                            shared.computeIfAbsent(dimension.value(), value -> value)))
                    .toList());
        int tableId = measure.table().id();
        catalog.addSeries(
            measure, series, newest.computeIfAbsent(tableId, partitions::newestNanos));
      }
    }
  }

  /** Adds what is new between two marks; part of the caller's transaction. */
  void save(Statement statement, StoreCatalog catalog, Marks from, Marks to) throws SQLException {
    Set<StoredTable> changed =
        new LinkedHashSet<>(catalog.tableChanges(from.changes(), to.changes()));
    List<@Nullable Object[]> tables = new ArrayList<>();
    for (StoredTable table : changed) {
      statement.execute("DELETE FROM weir_table WHERE id = " + table.id());
      tables.add(row(table));
    }
    insert(statement, "weir_table", "nssnnnnnnnn", tables);
    List<@Nullable Object[]> measures = new ArrayList<>();
    for (StoredMeasure measure : catalog.measures(from.measures(), to.measures())) {
      measures.add(
          new Object[] {
            (long) measure.id(),
            (long) measure.table().id(),
            (long) measure.type().ordinal(),
            measure.name()
          });
    }
    insert(statement, "weir_measure", "nnns", measures);
    List<@Nullable Object[]> columns = new ArrayList<>();
    for (var added : catalog.multiColumns(from.multiColumns(), to.multiColumns())) {
      columns.add(
          new Object[] {
            (long) added.table().id(),
            (long) added.column().ordinal(),
            (long) added.column().type().ordinal(),
            added.column().name()
          });
    }
    insert(statement, "weir_column", "nnns", columns);
    List<@Nullable Object[]> series = new ArrayList<>();
    for (int number = from.series(); number < to.series(); number++) {
      series.add(
          new Object[] {
            (long) number,
            (long) catalog.series().measure(number).id(),
            DimensionText.write(catalog.series().series(number).dimensions())
          });
    }
    insert(statement, "weir_series", "nns", series);
  }

  void saveSealed(Statement statement, long segment) throws SQLException {
    statement.execute("UPDATE weir_meta SET sealed = " + segment);
  }

  void savePartition(Statement statement, Partition partition) throws SQLException {
    removePartition(statement, partition);
    statement.execute(
        "INSERT INTO weir_partition VALUES (%d, %d, %d, %d, %d, %d)"
            .formatted(
                partition.tableId(),
                partition.laneIndex(),
                partition.day(),
                partition.rows(),
                partition.timeMin(),
                partition.timeMax()));
  }

  void removePartition(Statement statement, Partition partition) throws SQLException {
    statement.execute(
        "DELETE FROM weir_partition WHERE table_id = %d AND lane = %d AND day = %d"
            .formatted(partition.tableId(), partition.laneIndex(), partition.day()));
  }

  private static @Nullable Object[] row(StoredTable table) {
    TableRules rules = table.rules();
    return new Object[] {
      (long) table.id(),
      table.name().database(),
      table.name().table(),
      rules.retention().toMillis(),
      rules.futureWindow().toMillis(),
      (long) rules.dimensionsMax(),
      (long) rules.measureNamesMax(),
      (long) rules.dimensionNameBytesMax(),
      (long) rules.dimensionValueBytesMax(),
      (long) rules.measureNameBytesMax(),
      (long) rules.seriesBytesMax()
    };
  }

  /** Inserts rows; one letter per column, n for a number and s for a text. */
  private void insert(
      Statement statement, String table, String types, List<@Nullable Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<SourceColumn> columns = new ArrayList<>();
    for (int i = 0; i < types.length(); i++) {
      boolean number = types.charAt(i) == 'n';
      columns.add(
          new SourceColumn("c" + i, number ? DuckDBColumnType.BIGINT : DuckDBColumnType.VARCHAR));
    }
    try (var offer = engine.rows().offer(new ObjectRows(columns, rows))) {
      statement.execute("INSERT INTO " + table + " FROM " + offer.sql());
    }
  }
}
