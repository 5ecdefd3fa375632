// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts share: a store, a table, and short ways to write and to read. */
public abstract class StoreContract {

  /** Midday, so that minutes around it lie in one day. */
  protected static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  protected static final TableName TABLE = new TableName("weir", "contract");
  protected static final Duration RETENTION = Duration.ofDays(30);

  private @Nullable StoreUnderTest store;

  /** Opens an empty store whose clock stands at {@link #NOW}. */
  protected abstract StoreUnderTest open();

  @BeforeEach
  void openStore() {
    store = open();
    store().tables().createIfMissing(TABLE, TableRules.own(RETENTION));
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  protected final StoreUnderTest store() {
    if (store == null) {
      throw new IllegalStateException("no store is open");
    }
    return store;
  }

  /** So many repeats, as far as the store tells them from new points. */
  protected final int repeats(int count) {
    return store().lacks().contains(Capability.TELLS_REPEATS) ? 0 : count;
  }

  /** Passes over the rest of a test where the store can't do what it is about. */
  protected final void needs(Capability capability) {
    assumeFalse(store().lacks().contains(capability), () -> "this store lacks " + capability);
  }

  /** A series with dimensions given as name, value, name, value, … */
  protected static Series series(String measure, String... dimensions) {
    List<Dimension> list = new ArrayList<>();
    for (int i = 0; i < dimensions.length; i += 2) {
      list.add(new Dimension(dimensions[i], dimensions[i + 1]));
    }
    return Series.of(measure, list);
  }

  /** Nanoseconds since the epoch, so many seconds after {@link #NOW}. */
  protected static long at(long seconds) {
    return (NOW.getEpochSecond() + seconds) * 1_000_000_000L;
  }

  protected static Point point(Series series, long epochNanos, double value) {
    return new Point(series, epochNanos, new Measure.OfDouble(value));
  }

  protected static Point point(Series series, long epochNanos, double value, long version) {
    return new Point(series, epochNanos, new Measure.OfDouble(value), version);
  }

  /** Writes, then lets the store do what it likes between two steps. */
  protected final WriteOutcome write(Point... points) {
    WriteOutcome outcome = writeTo(TABLE, points);
    store().betweenSteps();
    return outcome;
  }

  protected final WriteOutcome writeTo(TableName table, Point... points) {
    return store().writer().write(table, PointBatch.of(List.of(points)), deadline());
  }

  protected final Instant deadline() {
    return store().clock().instant().plusSeconds(60);
  }

  /** Runs a query and reads all pages; values as text, NULL as "null". */
  protected final List<List<String>> rows(String sql) {
    List<List<String>> rows = new ArrayList<>();
    QueryRequest request = new QueryRequest(sql, Scope.all(), deadline());
    QueryPage page = store().queries().run(request);
    append(rows, page.page());
    while (page.resumeToken() != null) {
      page = store().queries().run(request.resume(page.resumeToken()));
      append(rows, page.page());
    }
    return rows;
  }

  private static void append(List<List<String>> rows, ResultPage page) {
    for (int i = 0; i < page.rowCount(); i++) {
      List<String> row = new ArrayList<>();
      for (ResultPage.Column column : page.columns()) {
        row.add(text(column.values(), i));
      }
      rows.add(row);
    }
  }

  /** One value as text. A time series is {@code [nanos=value, …]}. */
  protected static String text(ColumnVector vector, int index) {
    if (vector.isNull(index)) {
      return "null";
    }
    return switch (vector) {
      case ColumnVector.Longs longs -> Long.toString(longs.values()[index]);
      case ColumnVector.Doubles doubles -> Double.toString(doubles.values()[index]);
      case ColumnVector.Booleans booleans -> Boolean.toString(booleans.values()[index]);
      case ColumnVector.Strings strings -> String.valueOf(strings.value(index));
      case ColumnVector.Arrays arrays -> {
        List<String> elements = new ArrayList<>();
        for (int i = arrays.offsets()[index]; i < arrays.offsets()[index + 1]; i++) {
          elements.add(text(arrays.elements(), i));
        }
        yield elements.toString();
      }
      case ColumnVector.Rows fields ->
          fields.fields().stream().map(field -> text(field, index)).toList().toString();
      case ColumnVector.TimeSeries series -> {
        List<String> samples = new ArrayList<>();
        for (int i = series.offsets()[index]; i < series.offsets()[index + 1]; i++) {
          samples.add(series.epochNanos()[i] + "=" + text(series.values(), i));
        }
        yield samples.toString();
      }
      case ColumnVector.AllNull _ -> "null";
    };
  }
}
