// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.model.Dimension;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteTable;
import dev.weir.store.embedded.catalog.CatalogChange.PutAccount;
import dev.weir.store.embedded.catalog.CatalogChange.PutDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.RowSource.SourceColumn;
import dev.weir.store.embedded.hot.CatalogRecords;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.ByteSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBColumnType;
import org.jspecify.annotations.Nullable;

/** The catalog as rows of the engine: written with each seal, read at start. */
public final class DiskCatalog {

  private static final MeasureType[] TYPES = MeasureType.values();

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE IF NOT EXISTS weir_meta (sealed BIGINT)",
          "INSERT INTO weir_meta (sealed) SELECT 0 WHERE NOT EXISTS (FROM weir_meta)",
          // The numbers that were given away: those of deleted tables are not used again.
          "ALTER TABLE weir_meta ADD COLUMN IF NOT EXISTS tables BIGINT DEFAULT 0",
          "ALTER TABLE weir_meta ADD COLUMN IF NOT EXISTS measures BIGINT DEFAULT 0",
          "ALTER TABLE weir_meta ADD COLUMN IF NOT EXISTS series BIGINT DEFAULT 0",
          // Databases, tables, settings: each the bytes of its last change, in Base64.
          "CREATE TABLE IF NOT EXISTS weir_entry (key VARCHAR, entry VARCHAR)",
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

  /**
   * Makes what a new file lacks, and brings an older one to the present format; all or nothing.
   *
   * @param now stands for times that an older file does not tell
   */
  public void prepare(Instant now) throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      for (String sql : SCHEMA) {
        statement.execute(sql);
      }
      FirstFormat first = new FirstFormat(statement);
      if (first.present()) {
        saveChanges(statement, first.changes(now));
        first.remove();
      }
      statement.execute("COMMIT");
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
      loadEntries(catalog, statement);
      try (ResultSet result =
          statement.executeQuery("SELECT table_id, type, name, id FROM weir_measure ORDER BY id")) {
        while (result.next()) {
          catalog.addMeasure(
              result.getInt(4),
              table(catalog, result.getInt(1)),
              result.getString(3),
              TYPES[result.getInt(2)]);
        }
      }
      try (ResultSet result =
          statement.executeQuery(
              "SELECT table_id, type, name FROM weir_column ORDER BY table_id, ordinal")) {
        while (result.next()) {
          catalog.addMultiColumn(
              table(catalog, result.getInt(1)), result.getString(3), TYPES[result.getInt(2)]);
        }
      }
      try (ResultSet result =
          statement.executeQuery("SELECT tables, measures, series FROM weir_meta")) {
        result.next();
        catalog.reserve(result.getInt(1), result.getInt(2), result.getInt(3));
      }
      loadSeries(catalog, partitions, statement);
    }
  }

  private static void loadEntries(StoreCatalog catalog, Statement statement) throws SQLException {
    List<CatalogChange> tables = new ArrayList<>();
    try (ResultSet result = statement.executeQuery("SELECT entry FROM weir_entry ORDER BY key")) {
      while (result.next()) {
        byte[] bytes = Base64.getDecoder().decode(result.getString(1));
        CatalogChange change = CatalogRecords.read(new ByteSource(bytes, 0, bytes.length));
        if (change instanceof PutTable) {
          tables.add(change); // after all databases
        } else {
          catalog.apply(change);
        }
      }
    }
    tables.forEach(catalog::apply);
  }

  private static StoredTable table(StoreCatalog catalog, int id) throws SQLException {
    StoredTable table = catalog.tableById(id);
    if (table == null) {
      throw new SQLException("the catalog has names of a table that it does not have");
    }
    return table;
  }

  private static void loadSeries(StoreCatalog catalog, Partitions partitions, Statement statement)
      throws SQLException {
    Map<Integer, Long> newest = new HashMap<>();
    Map<String, String> shared = new HashMap<>();
    try (ResultSet result =
        statement.executeQuery("SELECT measure_id, dimensions, id FROM weir_series ORDER BY id")) {
      while (result.next()) {
        StoredMeasure measure = catalog.measureById(result.getInt(1));
        if (measure.equals(StoredMeasure.GONE)) {
          continue;
        }
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
        catalog.restoreSeries(
            result.getInt(3),
            measure,
            series,
            newest.computeIfAbsent(tableId, partitions::newestNanos));
      }
    }
  }

  /** Adds what is new between two marks; part of the caller's transaction. */
  void save(Statement statement, StoreCatalog catalog, Marks from, Marks to) throws SQLException {
    List<@Nullable Object[]> measures = new ArrayList<>();
    for (StoredMeasure measure : catalog.measures(from.measures(), to.measures())) {
      if (measure.equals(StoredMeasure.GONE)) {
        continue;
      }
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
      Series added = catalog.series().series(number);
      StoredMeasure measure = catalog.series().measure(number);
      // Deleted meanwhile: the log tells so to whoever reads its rows again.
      boolean gone = added.equals(SeriesIndex.GONE) || measure.equals(StoredMeasure.GONE);
      if (!gone) {
        series.add(
            new Object[] {
              (long) number, (long) measure.id(), DimensionText.write(added.dimensions())
            });
      }
    }
    insert(statement, "weir_series", "nns", series);
    saveChanges(statement, catalog.changes(from.changes(), to.changes()));
    statement.execute(
        "UPDATE weir_meta SET tables = %d, measures = %d, series = %d"
            .formatted(catalog.nextTableId(), to.measures(), to.series()));
  }

  /** The last change of each thing; what is deleted goes with all that belongs to it. */
  private void saveChanges(Statement statement, List<CatalogChange> changes) throws SQLException {
    Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
    List<@Nullable Object[]> keys = new ArrayList<>();
    List<@Nullable Object[]> deletedTables = new ArrayList<>();
    for (CatalogChange change : changes) {
      String key = key(change);
      keys.add(new Object[] {key});
      if (change instanceof DeleteTable delete) {
        deletedTables.add(new Object[] {(long) delete.id()});
      }
      if (change instanceof DeleteTable || change instanceof DeleteDatabase) {
        rows.remove(key);
      } else {
        rows.put(key, new Object[] {key, text(change)});
      }
    }
    delete(statement, "weir_entry", "key IN (SELECT c0 FROM %s)", "s", keys);
    insert(statement, "weir_entry", "ss", new ArrayList<>(rows.values()));
    delete(
        statement,
        "weir_series",
        "measure_id IN (SELECT id FROM weir_measure WHERE table_id IN (SELECT c0 FROM %s))",
        "n",
        deletedTables);
    delete(statement, "weir_measure", "table_id IN (SELECT c0 FROM %s)", "n", deletedTables);
    delete(statement, "weir_column", "table_id IN (SELECT c0 FROM %s)", "n", deletedTables);
  }

  private static String key(CatalogChange change) {
    return switch (change) {
      case PutDatabase put -> "database " + put.state().name();
      case DeleteDatabase delete -> "database " + delete.name();
      case PutTable put -> "table " + put.state().id();
      case DeleteTable delete -> "table " + delete.id();
      case PutAccount _ -> "account";
    };
  }

  private static String text(CatalogChange change) {
    ByteSink sink = new ByteSink();
    // What has gone is gone from the file already; only the log must tell.
    CatalogRecords.write(
        sink, change instanceof PutTable put ? new PutTable(put.state(), 0) : change);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(sink.array(), sink.size()));
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

  /** Inserts rows; one letter per column, n for a number and s for a text. */
  private void insert(
      Statement statement, String table, String types, List<@Nullable Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (var offer = engine.rows().offer(new ObjectRows(columns(types), rows))) {
      statement.execute("INSERT INTO " + table + " FROM " + offer.sql());
    }
  }

  /** Deletes the rows that a condition over {@code %s}, the rows that are handed in, names. */
  private void delete(
      Statement statement,
      String table,
      String condition,
      String types,
      List<@Nullable Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (var offer = engine.rows().offer(new ObjectRows(columns(types), rows))) {
      statement.execute("DELETE FROM " + table + " WHERE " + condition.formatted(offer.sql()));
    }
  }

  private static List<SourceColumn> columns(String types) {
    List<SourceColumn> columns = new ArrayList<>();
    for (int i = 0; i < types.length(); i++) {
      boolean number = types.charAt(i) == 'n';
      columns.add(
          new SourceColumn("c" + i, number ? DuckDBColumnType.BIGINT : DuckDBColumnType.VARCHAR));
    }
    return columns;
  }
}
