// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.MeasureType;
import dev.weir.sql.TimeRange;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.LaneRows;
import dev.weir.store.embedded.disk.Partition;
import dev.weir.store.embedded.disk.RowSource;
import dev.weir.store.embedded.disk.RowSources;
import dev.weir.store.embedded.hot.Lane;
import dev.weir.store.embedded.hot.LaneView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as a subquery of the engine: the rows of the days and of memory that a query needs,
 * joined with their series. Column {@code c0, c1, …} are the columns of the description.
 */
final class TableSource {

  private final ReadContext context;
  private final StoreCatalog catalog;
  private final StoredTable table;
  private final List<MultiColumn> multiColumns;
  private final List<RowSources.Offer> offers;

  /**
   * A source.
   *
   * @param offers takes what must stay on offer while the query runs
   */
  TableSource(
      ReadContext context, StoreCatalog catalog, StoredTable table, List<RowSources.Offer> offers) {
    this.context = context;
    this.catalog = catalog;
    this.table = table;
    this.multiColumns = new ArrayList<>(table.multiColumns());
    this.offers = offers;
  }

  /**
   * SQL for the rows.
   *
   * @param used the columns that the query names; no others are given
   * @param range the times that matter; others may be left out
   * @param chosen the series that matter, or null for all
   */
  String sql(
      TableDescription described, BitSet used, TimeRange range, @Nullable SeriesChoice chosen) {
    List<String> names = new ArrayList<>();
    boolean labels = false;
    for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
      ColumnDescription column = described.columns().get(i);
      labels |= column.role() == ColumnRole.MEASURE_NAME;
      if (column.role() == ColumnRole.DIMENSION) {
        names.add(column.name());
      }
    }
    List<String> dimensions = List.copyOf(names);
    String columns =
        used.isEmpty()
            ? "p.t"
            : used.stream()
                .mapToObj(i ->
                    source(described.columns().get(i), dimensions)
                        + " AS "
                        + ExpressionPrinter.column(i))
                .collect(Collectors.joining(", "));
    String rows = "(SELECT " + columns + " FROM (" + points(range) + ") AS p";
    if (chosen == null && dimensions.isEmpty() && !labels) {
      return rows + ")";
    }
    SeriesIndex index = catalog.series();
    int[] numbers = chosen == null ? all(index) : chosen.numbers();
    return rows
        + " JOIN "
        + offer(new SeriesRows(index, numbers, dimensions))
        + " AS s ON p.s = s.k)";
  }

  private String source(ColumnDescription column, List<String> dimensions) {
    return switch (column.role()) {
      case DIMENSION -> "s.d" + dimensions.indexOf(column.name());
      case MEASURE_NAME -> "s.n";
      case TIMESTAMP -> "p.t";
      case MEASURE_VALUE -> "p." + valueName(typeOf(column.name()));
      case MULTI -> "p.m" + Objects.requireNonNull(table.multiColumn(column.name())).ordinal();
    };
  }

  private String points(TimeRange range) {
    // An empty row set first: it gives the columns that no day has, and the types.
    StringBuilder sql = new StringBuilder("SELECT NULL::BIGINT AS s, NULL::BIGINT AS t");
    for (MeasureType type : singleTypes()) {
      sql.append(", NULL::").append(type.name()).append(" AS ").append(valueName(type));
    }
    for (MultiColumn column : multiColumns) {
      sql.append(", NULL::").append(SqlTypes.of(StoreCatalog.valueType(column.type())));
      sql.append(" AS m").append(column.ordinal());
    }
    sql.append(" WHERE FALSE");
    List<Partition> partitions =
        context.partitions().of(table.id(), range.fromNanos(), range.toNanos());
    List<LaneView> views = context.hot().apply(table.id());
    for (Lane lane : Lane.ALL) {
      String rows = rows(lane, partitions, views, range);
      if (!rows.isEmpty()) {
        sql.append(" UNION ALL BY NAME ").append(rows);
      }
    }
    return sql.toString();
  }

  private String rows(
      Lane lane, List<Partition> partitions, List<LaneView> views, TimeRange range) {
    List<String> selects = new ArrayList<>();
    boolean overwrites = false;
    for (Partition partition : partitions) {
      if (partition.lane().equals(lane)) {
        context.running().scanned(partition.rows() * lane.rowBytes());
        selects.add(
            "SELECT %s FROM %s WHERE t BETWEEN %d AND %d"
                .formatted(
                    columns(lane),
                    partition.sqlName(),
                    lane.unitsCeiling(range.fromNanos()),
                    lane.units(range.toNanos())));
      }
    }
    for (LaneView view : views) {
      if (view.lane().equals(lane)) {
        context.running().scanned((long) view.rows() * lane.rowBytes());
        RowSource rows =
            LaneRows.of(view, catalog.series(), multiColumns, range.fromNanos(), range.toNanos());
        selects.add("SELECT " + columns(lane) + " FROM " + offer(rows));
        overwrites |= view.overwrites();
      }
    }
    String sql = String.join(" UNION ALL BY NAME ", selects);
    return overwrites
        ? "(SELECT * FROM ("
            + sql
            + ") QUALIFY row_number() OVER (PARTITION BY s, t ORDER BY n DESC) = 1)"
        : sql;
  }

  private static String columns(Lane lane) {
    String time = lane.nanos() ? "t" : "t * 1000000 AS t";
    return lane.type() == MeasureType.MULTI
        ? "* REPLACE (" + (lane.nanos() ? "t AS t" : time) + ")"
        : "s, " + time + ", n, v AS " + valueName(lane.type());
  }

  private int[] all(SeriesIndex index) {
    int[] numbers = new int[index.size()];
    int size = 0;
    for (int number = 0; number < numbers.length; number++) {
      if (index.measure(number).table().equals(table)) {
        numbers[size++] = number;
      }
    }
    return Arrays.copyOf(numbers, size);
  }

  private String offer(RowSource rows) {
    RowSources.Offer offer = context.rows().offer(rows);
    offers.add(offer);
    return offer.sql();
  }

  private static List<MeasureType> singleTypes() {
    return List.of(
        MeasureType.DOUBLE, MeasureType.BIGINT, MeasureType.VARCHAR, MeasureType.BOOLEAN);
  }

  private static MeasureType typeOf(String column) {
    return singleTypes().stream()
        .filter(type -> StoreCatalog.valueColumn(type).equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static String valueName(MeasureType type) {
    return "v_" + type.name();
  }
}
