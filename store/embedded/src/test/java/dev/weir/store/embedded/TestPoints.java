// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.Dimension;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.ColumnVector;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Points for tests of the store as a whole: series {@code load{n="…"}}, one value per second. */
final class TestPoints {

  static final TableName TABLE = new TableName("weir", "points");

  /** Series in one batch. */
  static final int SERIES = 100;

  private static final Series[] ALL = new Series[SERIES];

  static {
    for (int i = 0; i < SERIES; i++) {
      ALL[i] = Series.of("load", List.of(new Dimension("n", Integer.toString(i))));
    }
  }

  private TestPoints() {}

  static void makeTable(EmbeddedStore store) {
    store.createIfMissing(TABLE, TableRules.own(Duration.ofDays(3650)));
  }

  /** Batch {@code number}: one point of every series, {@code number} seconds after a start. */
  static PointBatch batch(Instant start, int number) {
    PointBatch.Builder batch = new PointBatch.Builder(SERIES);
    long nanos = (start.getEpochSecond() + number) * 1_000_000_000L;
    for (int i = 0; i < SERIES; i++) {
      batch.addDouble(ALL[i], nanos, number * 1000.0 + i);
    }
    return batch.build();
  }

  static WriteOutcome write(EmbeddedStore store, Instant start, int number) {
    return store.write(TABLE, batch(start, number), Instant.now().plusSeconds(60));
  }

  /** How many points there are, by the general plan. */
  static long count(EmbeddedStore store) {
    return number(store, "SELECT count(*) FROM weir.points");
  }

  /** Times at which not every series of a batch is there. */
  static long halfBatches(EmbeddedStore store) {
    return number(
        store,
        "SELECT count(*) FROM (SELECT time FROM weir.points GROUP BY time HAVING count(*) <> "
            + SERIES
            + ") t");
  }

  static long number(EmbeddedStore store, String sql) {
    return number(store, sql, Instant.now());
  }

  /** One number; the deadline is half a minute after a moment of the store's clock. */
  static long number(EmbeddedStore store, String sql, Instant now) {
    QueryPage page = store.run(new QueryRequest(sql, Scope.all(), now.plusSeconds(30)));
    return ((ColumnVector.Longs) page.page().columns().getFirst().values()).values()[0];
  }
}
