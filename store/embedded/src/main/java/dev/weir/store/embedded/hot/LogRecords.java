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
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.ByteSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a commit looks like in the log: first what the catalog has got since the last one, then rows
 * by table and lane. Numbers and times are differences to the row before.
 *
 * <p>Reading a record again changes nothing in the catalog: entries carry their numbers, and those
 * that are known are passed over.
 */
public final class LogRecords {

  private static final int TABLE = 1;
  private static final int MEASURE = 2;
  private static final int MULTI_COLUMN = 3;
  private static final int SERIES = 4;
  private static final int ROWS = 5;

  private static final MeasureType[] TYPES = MeasureType.values();

  private final StoreCatalog catalog;

  public LogRecords(StoreCatalog catalog) {
    this.catalog = catalog;
  }

  /** Writes the catalog's entries between two marks and the unpublished rows. */
  public void write(ByteSink sink, Marks from, Marks to, Generation generation) {
    for (StoredTable table : catalog.tableChanges(from.changes(), to.changes())) {
      writeTable(sink, table);
    }
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
      switch (source.getByte()) {
        case TABLE -> readTable(source);
        case MEASURE -> readMeasure(source);
        case MULTI_COLUMN -> readMultiColumn(source);
        case SERIES -> readSeries(source);
        case ROWS -> readRows(source, generation);
        default -> throw new IllegalArgumentException("unknown entry in a log record");
      }
    }
  }

  private static void writeTable(ByteSink sink, StoredTable table) {
    sink.putByte(TABLE);
    sink.putString(table.name().database());
    sink.putString(table.name().table());
    TableRules rules = table.rules();
    sink.putVarint(rules.retention().toMillis());
    sink.putVarint(rules.futureWindow().toMillis());
    sink.putVarint(rules.dimensionsMax());
    sink.putVarint(rules.measureNamesMax());
    sink.putVarint(rules.dimensionNameBytesMax());
    sink.putVarint(rules.dimensionValueBytesMax());
    sink.putVarint(rules.measureNameBytesMax());
    sink.putVarint(rules.seriesBytesMax());
  }

  private void readTable(ByteSource source) {
    TableName name = new TableName(source.getString(), source.getString());
    TableRules rules =
        new TableRules(
            Duration.ofMillis(source.getVarint()),
            Duration.ofMillis(source.getVarint()),
            source.getInt(),
            source.getInt(),
            source.getInt(),
            source.getInt(),
            source.getInt(),
            source.getInt());
    catalog.putTable(name, rules);
  }

  private void readMeasure(ByteSource source) {
    int id = source.getInt();
    StoredTable table = catalog.tableById(source.getInt());
    MeasureType type = TYPES[source.getByte()];
    String name = source.getString();
    if (id >= catalog.marks().measures()) {
      catalog.addMeasure(table, name, type);
    }
  }

  private void readMultiColumn(ByteSource source) {
    StoredTable table = catalog.tableById(source.getInt());
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
    if (number >= catalog.series().size()) {
      catalog.addSeries(measure, Series.of(measure.name(), dimensions), SeriesIndex.NEVER);
    }
  }

  private void writeRows(ByteSink sink, int tableId, HotLane lane) {
    LaneView view = lane.unpublishedView();
    StoredTable table = catalog.tableById(tableId);
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
    StoredTable table = catalog.tableById(tableId);
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
