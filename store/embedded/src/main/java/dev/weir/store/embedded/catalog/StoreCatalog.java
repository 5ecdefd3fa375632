// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.query.ValueType;
import dev.weir.store.CatalogReader;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteTable;
import dev.weir.store.embedded.catalog.CatalogChange.PutAccount;
import dev.weir.store.embedded.catalog.CatalogChange.PutDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All databases, tables, measures and series of the store. */
public final class StoreCatalog implements CatalogReader {

  /** How many entries of each kind something has got; the rest is new to it. */
  public record Marks(int changes, int measures, int multiColumns, int series) {
    public static final Marks NONE = new Marks(0, 0, 0, 0);
  }

  /** A column of MULTI measures with its table. */
  public record TableColumn(StoredTable table, MultiColumn column) {}

  private final ConcurrentSkipListMap<String, StoredDatabase> databases =
      new ConcurrentSkipListMap<>();
  private final Map<Integer, StoredTable> tablesById = new ConcurrentHashMap<>();
  private final SeriesIndex series = new SeriesIndex();
  private volatile AccountSettings accountSettings = AccountSettings.DEFAULT;
  private volatile int nextTableId;

  // Deleted, with series that are still in memory. For the committer.
  private final ArrayDeque<StoredTable> deleted = new ArrayDeque<>();

  // Under the lock of this object. Measures by id; those of deleted tables are gone.
  private final List<StoredMeasure> measures = new ArrayList<>();
  private final Journal<CatalogChange> changes = new Journal<>();
  private final Journal<TableColumn> multiColumns = new Journal<>();

  public SeriesIndex series() {
    return series;
  }

  public AccountSettings accountSettings() {
    return accountSettings;
  }

  public @Nullable StoredDatabase database(String name) {
    return databases.get(name);
  }

  public int databaseCount() {
    return databases.size();
  }

  public @Nullable StoredTable table(TableName name) {
    StoredDatabase database = databases.get(name.database());
    return database == null ? null : database.table(name.table());
  }

  /**
   * The table that was described; NOT_FOUND when it was deleted since, or deleted and made anew.
   */
  public StoredTable described(TableDescription description) {
    StoredTable table = table(description.name());
    if (table == null || !table.has(description)) {
      throw new StoreException(Kind.NOT_FOUND, "table " + description.name() + " does not exist");
    }
    return table;
  }

  public List<StoredTable> tables() {
    return new ArrayList<>(tablesById.values());
  }

  public int tableCount() {
    return tablesById.size();
  }

  /** The table of that number, or null where it is deleted. */
  public @Nullable StoredTable tableById(int id) {
    return tablesById.get(id);
  }

  /** The number of the next table that is made. */
  public int nextTableId() {
    return nextTableId;
  }

  public synchronized StoredMeasure measureById(int id) {
    return measures.get(id);
  }

  public synchronized Marks marks() {
    return new Marks(changes.size(), measures.size(), multiColumns.size(), series.size());
  }

  public synchronized List<CatalogChange> changes(int from, int to) {
    return changes.slice(from, to);
  }

  /** Measures by id; of deleted tables there may be {@link StoredMeasure#GONE} in their place. */
  public synchronized List<StoredMeasure> measures(int from, int to) {
    return new ArrayList<>(measures.subList(from, to));
  }

  public synchronized List<TableColumn> multiColumns(int from, int to) {
    return multiColumns.slice(from, to);
  }

  /** Forgets how the catalog came to be what it was at a mark; {@link Marks} go on counting. */
  public synchronized void forgetHistory(Marks before) {
    changes.forget(before.changes());
    multiColumns.forget(before.multiColumns());
  }

  /** Makes sure that no number below these is given away again. */
  public synchronized void reserve(int tableIds, int measureIds, int seriesNumbers) {
    nextTableId = Math.max(nextTableId, tableIds);
    while (measures.size() < measureIds) {
      measures.add(StoredMeasure.GONE);
    }
    series.reserve(seriesNumbers);
  }

  /** Takes a step; taking it again changes nothing. Only the committer calls this. */
  public void apply(CatalogChange change) {
    switch (change) {
      case PutDatabase put -> {
        StoredDatabase there = databases.get(put.state().name());
        if (there == null) {
          databases.put(put.state().name(), new StoredDatabase(put.state()));
        } else {
          there.state(put.state());
        }
      }
      case DeleteDatabase delete -> databases.remove(delete.name());
      case PutTable put -> {
        putTable(put.state());
        forgetNewest(tablesById.get(put.state().id()), put.goneBeforeNanos());
      }
      case DeleteTable delete -> deleteTable(delete.id());
      case PutAccount put -> accountSettings = put.settings();
    }
    synchronized (this) {
      changes.add(change);
    }
  }

  private void putTable(TableState state) {
    StoredTable there = tablesById.get(state.id());
    if (there != null) {
      there.state(state);
      return;
    }
    StoredTable table = new StoredTable(state);
    nextTableId = Math.max(nextTableId, state.id() + 1);
    tablesById.put(state.id(), table);
    databases
        .computeIfAbsent(
            state.name().database(),
            name -> new StoredDatabase(DatabaseState.plain(name, state.created())))
        .put(table);
  }

  /** A deleted table whose series are to be forgotten, or null; each comes once. */
  public @Nullable StoredTable nextDeleted() {
    return deleted.poll();
  }

  /**
   * Takes series of a deleted table out of memory; nobody may hold on to them.
   *
   * @return whether all are gone
   */
  public boolean forget(StoredTable table, int seriesAtMost) {
    int left = seriesAtMost;
    for (StoredMeasure measure : table.measures()) {
      while (measure.series().size() > 0) {
        if (left-- == 0) {
          return false;
        }
        series.forget(measure.series().removeLast());
      }
      table.remove(measure);
      synchronized (this) {
        measures.set(measure.id(), StoredMeasure.GONE);
      }
    }
    return true;
  }

  /** What has gone is no repeat when it comes again. */
  private void forgetNewest(@Nullable StoredTable table, long beforeNanos) {
    if (table == null || beforeNanos == 0) {
      return;
    }
    for (StoredMeasure measure : table.measures()) {
      for (int i = 0; i < measure.series().size(); i++) {
        int number = measure.series().get(i);
        long newest = series.newestNanos(number);
        if (newest < beforeNanos) {
          series.newest(number, newest, 0, false);
        }
      }
    }
  }

  private void deleteTable(int id) {
    StoredTable table = tablesById.remove(id);
    if (table == null) {
      return;
    }
    table.delete();
    deleted.add(table);
    StoredDatabase database = databases.get(table.name().database());
    if (database != null) {
      database.remove(table);
    }
  }

  /** Adds a measure under the next id. */
  public synchronized StoredMeasure addMeasure(StoredTable table, String name, MeasureType type) {
    return addMeasure(measures.size(), table, name, type);
  }

  /** Adds a measure under an id that is not below any that is there. */
  public synchronized StoredMeasure addMeasure(
      int id, StoredTable table, String name, MeasureType type) {
    reserve(nextTableId, id, 0);
    StoredMeasure measure = new StoredMeasure(id, table, name, type);
    measures.add(measure);
    table.add(measure);
    return measure;
  }

  public synchronized MultiColumn addMultiColumn(StoredTable table, String name, MeasureType type) {
    MultiColumn column = table.addMultiColumn(name, type);
    multiColumns.add(new TableColumn(table, column));
    return column;
  }

  /** Adds a series under the next number, and the dimensions that are new with it. */
  public int addSeries(StoredMeasure measure, Series added, long newestNanos) {
    addDimensions(measure, added);
    return series.add(measure, added, newestNanos);
  }

  /** Puts a series back under its number, which is reserved. */
  public void restoreSeries(int number, StoredMeasure measure, Series restored, long newestNanos) {
    addDimensions(measure, restored);
    series.restore(number, measure, restored, newestNanos);
  }

  /** Leaves a number to a series whose table is deleted. */
  public void skipSeries(int number) {
    series.reserve(number + 1);
  }

  private static void addDimensions(StoredMeasure measure, Series added) {
    for (Dimension dimension : added.dimensions()) {
      measure.table().addDimension(dimension.name());
    }
  }

  @Override
  public List<String> databases() {
    return new ArrayList<>(databases.keySet());
  }

  @Override
  public List<String> tables(String database) {
    StoredDatabase there = databases.get(database);
    return there == null ? List.of() : there.tableNames();
  }

  @Override
  public Optional<TableDescription> describe(TableName name) {
    StoredTable table = table(name);
    if (table == null) {
      return Optional.empty();
    }
    List<ColumnDescription> columns = new ArrayList<>();
    for (String dimension : table.dimensions()) {
      columns.add(new ColumnDescription(dimension, ValueType.Scalar.VARCHAR, ColumnRole.DIMENSION));
    }
    columns.add(
        new ColumnDescription("measure_name", ValueType.Scalar.VARCHAR, ColumnRole.MEASURE_NAME));
    columns.add(new ColumnDescription("time", ValueType.Scalar.TIMESTAMP, ColumnRole.TIMESTAMP));
    Set<MeasureType> single = EnumSet.noneOf(MeasureType.class);
    table.measures().forEach(measure -> single.add(measure.type()));
    single.remove(MeasureType.MULTI);
    for (MeasureType type : single) {
      columns.add(
          new ColumnDescription(valueColumn(type), valueType(type), ColumnRole.MEASURE_VALUE));
    }
    for (MultiColumn column : table.multiColumns()) {
      columns.add(new ColumnDescription(column.name(), valueType(column.type()), ColumnRole.MULTI));
    }
    return Optional.of(new TableDescription(name, columns));
  }

  /** The name of the column that holds single measures of a type. */
  public static String valueColumn(MeasureType type) {
    return switch (type) {
      case DOUBLE -> "measure_value::double";
      case BIGINT -> "measure_value::bigint";
      case VARCHAR -> "measure_value::varchar";
      case BOOLEAN -> "measure_value::boolean";
      case TIMESTAMP, MULTI -> throw new IllegalArgumentException(type + " is no single measure");
    };
  }

  /** The type of a measure in queries. */
  public static ValueType valueType(MeasureType type) {
    return switch (type) {
      case DOUBLE -> ValueType.Scalar.DOUBLE;
      case BIGINT -> ValueType.Scalar.BIGINT;
      case VARCHAR -> ValueType.Scalar.VARCHAR;
      case BOOLEAN -> ValueType.Scalar.BOOLEAN;
      case TIMESTAMP -> ValueType.Scalar.TIMESTAMP;
      case MULTI -> throw new IllegalArgumentException("a MULTI measure has no type of its own");
    };
  }

  /** The type of one value inside a MULTI measure. */
  public static MeasureType typeOf(Measure.Named named) {
    return named.value().type();
  }
}
