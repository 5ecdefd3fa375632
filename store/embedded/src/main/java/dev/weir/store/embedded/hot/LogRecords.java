// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import static java.util.Objects.requireNonNull;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.catalog.TableState;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.ByteSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a commit looks like in the log: first what the catalog has got since the last one, then rows
 * by table and lane. Numbers and times are differences to the row before.
 *
 * <p>Reading a record again changes nothing in the catalog: entries carry their numbers, and those
 * that are known are passed over.
 */
public final class LogRecords {

  private static final int OWN_TABLE = 1; // read, no longer written
  private static final int MEASURE = 2;
  private static final int MULTI_COLUMN = 3;
  private static final int SERIES = 4;
  private static final int ROWS = 5; // 6 and above: CatalogRecords

  private static final MeasureType[] TYPES = MeasureType.values();

  private final StoreCatalog catalog;
  private final Instant readAt;
  private final Consumer<CatalogChange> applied;

  /**
   * Reads and writes records.
   *
   * @param readAt stands for times that older records do not tell
   * @param applied hears of each change of the catalog that was read
   */
  public LogRecords(StoreCatalog catalog, Instant readAt, Consumer<CatalogChange> applied) {
    this.catalog = catalog;
    this.readAt = readAt;
    this.applied = applied;
  }

  /**
   * Writes the measures, columns and series between two marks, and the unpublished rows. Changes of
   * the catalog are not among them: each is written when it is made.
   */
  public void write(ByteSink sink, Marks from, Marks to, Generation generation) {
    for (StoredMeasure measure : catalog.measures(from.measures(), to.measures())) {
      sink.putByte(MEASURE);
      sink.putVarint(measure.id());
      sink.putVarint(measure.table().id());
      sink.putByte(measure.type().ordinal());
      sink.putString(measure.name());
    }
    for (var added : catalog.multiColumns(from.multiColumns(), to.multiColumns())) {
      sink.putByte(MULTI_COLUMN);
      sink.putVarint(added.table().id());
      sink.putVarint(added.column().ordinal());
      sink.putByte(added.column().type().ordinal());
      sink.putString(added.column().name());
    }
    for (int number = from.series(); number < to.series(); number++) {
      writeSeries(sink, number);
    }
    for (int tableId : generation.tableIds()) {
      for (HotLane lane : generation.dirty(tableId)) {
        writeRows(sink, tableId, lane);
      }
    }
  }

  /** Applies a record: adds to the catalog, and rows to the generation. */
  public void read(ByteSource source, Generation generation) {
    while (source.hasMore()) {
      int kind = source.getByte();
      switch (kind) {
        case OWN_TABLE -> readOwnTable(source);
        case MEASURE -> readMeasure(source);
        case MULTI_COLUMN -> readMultiColumn(source);
        case SERIES -> readSeries(source);
        case ROWS -> readRows(source, generation);
        default -> apply(CatalogRecords.read(kind, source));
      }
    }
  }

  /** What a table was before there were others than Weir's own. */
  private void readOwnTable(ByteSource source) {
    TableName name = new TableName(source.getString(), source.getString());
    TableRules rules = CatalogRecords.rules(source);
    StoredTable there = catalog.table(name);
    apply(
        new PutTable(
            there == null
                ? TableState.own(catalog.nextTableId(), name, rules, readAt, readAt)
                : there.state().withRules(rules, readAt),
            0));
  }

  private void apply(CatalogChange change) {
    catalog.apply(change);
    applied.accept(change);
  }

  private void readMeasure(ByteSource source) {
    int id = source.getInt();
    StoredTable table = table(source.getInt());
    MeasureType type = TYPES[source.getByte()];
    String name = source.getString();
    if (id >= catalog.marks().measures()) {
      catalog.addMeasure(table, name, type);
    }
  }

  private void readMultiColumn(ByteSource source) {
    StoredTable table = table(source.getInt());
    int ordinal = source.getInt();
    MeasureType type = TYPES[source.getByte()];
    String name = source.getString();
    if (ordinal >= table.multiColumns().size()) {
      catalog.addMultiColumn(table, name, type);
    }
  }

  private void writeSeries(ByteSink sink, int number) {
    Series series = catalog.series().series(number);
    sink.putByte(SERIES);
    sink.putVarint(number);
    sink.putVarint(catalog.series().measure(number).id());
    sink.putVarint(series.dimensions().size());
    for (Dimension dimension : series.dimensions()) {
      sink.putString(dimension.name());
      sink.putString(dimension.value());
    }
  }

  private void readSeries(ByteSource source) {
    int number = source.getInt();
    StoredMeasure measure = catalog.measureById(source.getInt());
    int count = source.getInt();
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dimensions.add(new Dimension(source.getString(), source.getString()));
    }
    if (measure.equals(StoredMeasure.GONE)) {
      // Its table is deleted further down in the log, and the file knows already.
      catalog.skipSeries(number);
    } else if (number >= catalog.series().size()) {
      catalog.addSeries(measure, Series.of(measure.name(), dimensions), SeriesIndex.NEVER);
    }
  }

  private void writeRows(ByteSink sink, int tableId, HotLane lane) {
    LaneView view = lane.unpublishedView();
    StoredTable table = table(tableId);
    sink.putByte(ROWS);
    sink.putVarint(tableId);
    sink.putByte(lane.lane().index());
    sink.putVarint(lane.rows() - lane.published());
    sink.putByte(view.overwrites() ? 1 : 0);
    int series = 0;
    long time = 0;
    for (int at = lane.published(); at < lane.rows(); at++) {
      HotChunk chunk = view.chunks()[at / HotChunk.ROWS];
      int row = at % HotChunk.ROWS;
      sink.putZigzag(chunk.series(row) - (long) series);
      sink.putZigzag(chunk.time(row) - time);
      series = chunk.series(row);
      time = chunk.time(row);
      if (view.overwrites()) {
        sink.putVarint(chunk.version(row));
      }
      switch (lane.lane().type()) {
        case DOUBLE, BIGINT -> sink.putLong(chunk.bits(row));
        case BOOLEAN -> sink.putByte((int) chunk.bits(row));
        case VARCHAR -> sink.putString((String) requireNonNull(chunk.object(row)));
        case MULTI -> writeMulti(sink, table, (Measure.OfMulti) requireNonNull(chunk.object(row)));
        case TIMESTAMP -> throw new IllegalStateException("no lane for TIMESTAMP");
      }
    }
  }

  private void readRows(ByteSource source, Generation generation) {
    int tableId = source.getInt();
    StoredTable table = table(tableId);
    HotLane lane = generation.lane(tableId, source.getByte());
    int count = source.getInt();
    boolean versions = source.getByte() != 0;
    int series = 0;
    long time = 0;
    for (int i = 0; i < count; i++) {
      series += (int) source.getZigzag();
      time += source.getZigzag();
      long version = versions ? source.getVarint() : 1;
      long bits = 0;
      Object object = null;
      switch (lane.lane().type()) {
        case DOUBLE, BIGINT -> bits = source.getLong();
        case BOOLEAN -> bits = source.getByte();
        case VARCHAR -> object = source.getString();
        case MULTI -> object = readMulti(source, table);
        case TIMESTAMP -> throw new IllegalStateException("no lane for TIMESTAMP");
      }
      lane.append(series, time, bits, object, version);
      long epochNanos = lane.lane().epochNanos(time);
      if (epochNanos >= catalog.series().newestNanos(series)) {
        boolean known = object == null && version == 1;
        catalog.series().newest(series, epochNanos, bits, known);
      }
    }
  }

  private StoredTable table(int id) {
    StoredTable table = catalog.tableById(id);
    if (table == null) {
      throw new IllegalArgumentException("a log record names a table that is not there");
    }
    return table;
  }

  private static void writeMulti(ByteSink sink, StoredTable table, Measure.OfMulti multi) {
    sink.putVarint(multi.values().size());
    for (Measure.Named named : multi.values()) {
      sink.putVarint(requireNonNull(table.multiColumn(named.name())).ordinal());
      switch (named.value()) {
        case Measure.OfDouble of -> sink.putLong(Double.doubleToRawLongBits(of.value()));
        case Measure.OfBigint of -> sink.putLong(of.value());
        case Measure.OfTimestamp of -> sink.putLong(of.epochNanos());
        case Measure.OfBoolean of -> sink.putByte(of.value() ? 1 : 0);
        case Measure.OfVarchar of -> sink.putString(of.value());
        case Measure.OfMulti _ -> throw new IllegalStateException("a MULTI inside a MULTI");
      }
    }
  }

  private static Measure.OfMulti readMulti(ByteSource source, StoredTable table) {
    int count = source.getInt();
    List<Measure.Named> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MultiColumn column = table.multiColumns().get(source.getInt());
      Measure value =
          switch (column.type()) {
            case DOUBLE -> new Measure.OfDouble(Double.longBitsToDouble(source.getLong()));
            case BIGINT -> new Measure.OfBigint(source.getLong());
            case TIMESTAMP -> new Measure.OfTimestamp(source.getLong());
            case BOOLEAN -> new Measure.OfBoolean(source.getByte() != 0);
            case VARCHAR -> new Measure.OfVarchar(source.getString());
            case MULTI -> throw new IllegalStateException("a MULTI inside a MULTI");
          };
      values.add(new Measure.Named(column.name(), value));
    }
    return new Measure.OfMulti(values);
  }
}
