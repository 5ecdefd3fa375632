// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.query.ValueType;
import dev.weir.store.CatalogReader;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All tables, measures and series of the store. */
public final class StoreCatalog implements CatalogReader {

  /** How many entries of each kind something has got; the rest is new to it. */
  public record Marks(int changes, int measures, int multiColumns, int series) {
    public static final Marks NONE = new Marks(0, 0, 0, 0);
  }

  /** A column of MULTI measures with its table. */
  public record TableColumn(StoredTable table, MultiColumn column) {}

  private final Map<TableName, StoredTable> tables = new ConcurrentHashMap<>();
  private final List<StoredTable> tablesById = new CopyOnWriteArrayList<>();
  // One entry per table that was made or got other rules, in order.
  private final List<StoredTable> tableChanges = new CopyOnWriteArrayList<>();
  private final List<StoredMeasure> measures = new ArrayList<>();
  private final List<TableColumn> multiColumns = new ArrayList<>();
  private final SeriesIndex series = new SeriesIndex();

  public SeriesIndex series() {
    return series;
  }

  public @Nullable StoredTable table(TableName name) {
    return tables.get(name);
  }

  public List<StoredTable> tables() {
    return new ArrayList<>(tablesById);
  }

  public StoredTable tableById(int id) {
    return tablesById.get(id);
  }

  public StoredMeasure measureById(int id) {
    synchronized (measures) {
      return measures.get(id);
    }
  }

  public Marks marks() {
    synchronized (measures) {
      return new Marks(tableChanges.size(), measures.size(), multiColumns.size(), series.size());
    }
  }

  public List<StoredTable> tableChanges(int from, int to) {
    return new ArrayList<>(tableChanges).subList(from, to);
  }

  public List<StoredMeasure> measures(int from, int to) {
    synchronized (measures) {
      return new ArrayList<>(measures.subList(from, to));
    }
  }

  public List<TableColumn> multiColumns(int from, int to) {
    synchronized (measures) {
      return new ArrayList<>(multiColumns.subList(from, to));
    }
  }

  /** Makes a table, or gives one that is there other rules. */
  public StoredTable putTable(TableName name, TableRules rules) {
    StoredTable table = tables.get(name);
    if (table == null) {
      table = new StoredTable(tablesById.size(), name, rules);
      tablesById.add(table);
      tables.put(name, table);
    } else {
      table.rules(rules);
    }
    tableChanges.add(table);
    return table;
  }

  public StoredMeasure addMeasure(StoredTable table, String name, MeasureType type) {
    synchronized (measures) {
      StoredMeasure measure = new StoredMeasure(measures.size(), table, name, type);
      measures.add(measure);
      table.add(measure);
      return measure;
    }
  }

  public MultiColumn addMultiColumn(StoredTable table, String name, MeasureType type) {
    synchronized (measures) {
      MultiColumn column = table.addMultiColumn(name, type);
      multiColumns.add(new TableColumn(table, column));
      return column;
    }
  }

  /** Adds a series and the dimensions that are new with it. */
  public int addSeries(StoredMeasure measure, Series added, long newestNanos) {
    for (Dimension dimension : added.dimensions()) {
      measure.table().addDimension(dimension.name());
    }
    return series.add(measure, added, newestNanos);
  }

  @Override
  public List<String> databases() {
    return tables.keySet().stream().map(TableName::database).distinct().sorted().toList();
  }

  @Override
  public List<String> tables(String database) {
    return tables.keySet().stream()
        .filter(name -> name.database().equals(database))
        .map(TableName::table)
        .sorted()
        .toList();
  }

  @Override
  public Optional<TableDescription> describe(TableName name) {
    StoredTable table = tables.get(name);
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
