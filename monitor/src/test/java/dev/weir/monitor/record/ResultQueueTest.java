// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.monitor.record.ResultQueue.Step;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.RecordingPointWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultQueueTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final TableName TABLE = CheckTables.ORIGINAL.results("default");

  @TempDir Path folder;

  private final RecordingPointWriter store = new RecordingPointWriter();
  private final List<TableName> made = new ArrayList<>();
  private final List<Kind> held = new ArrayList<>();
  private int stored;
  private int refused;
  private long lost;
  private QueueLog log;

  private final RecordListener listener =
      new RecordListener() {
        @Override
        public void stored(TableName table, PointBatch batch, int points) {
          stored += points;
        }

        @Override
        public void refused(int points) {
          refused += points;
        }

        @Override
        public void held(Kind why) {
          held.add(why);
        }

        @Override
        public void lost(long results) {
          lost += results;
        }
      };

  @BeforeEach
  void open() {
    log = QueueLog.open(folder, QueueLog.SEGMENT_BYTES);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void writesInOrderByTableAndMakesEachTableOnce() throws IOException {
    ResultQueue queue = queue(store, made::add);
    TableName other = new TableName("CPTMonitoring", "Other");
    add(TABLE, 0, 3);
    add(other, 3, 4);
    add(TABLE, 4, 6);
    assertThat(queue.step()).isEqualTo(new Step.Advanced());
    assertThat(store.calls()).extracting(call -> call.table()).containsExactly(TABLE, other);
    assertThat(times()).containsExactly(0L, 1L, 2L, 4L, 5L, 3L);
    assertThat(store.calls().getFirst().deadline()).isEqualTo(NOW.plus(ResultQueue.WRITE_DEADLINE));
    add(TABLE, 6, 7);
    queue.step();
    assertThat(made).containsExactly(TABLE, other);
    assertThat(queue.step()).isEqualTo(new Step.Empty());
    assertThat(stored).isEqualTo(7);
    assertThat(log.waitingBytes()).isZero();
  }

  @Test
  void writesBatchesOfBoundedSize() throws IOException {
    ResultQueue queue = queue(store, _ -> {});
    add(TABLE, 0, 2 * ResultQueue.RESULTS_MAX + 1);
    while (queue.step() instanceof Step.Advanced) {
      assertThat(store.calls().getLast().batch().size())
          .isLessThanOrEqualTo(ResultQueue.RESULTS_MAX);
    }
    assertThat(store.calls()).hasSize(3);
    assertThat(times()).isSorted().hasSize(2 * ResultQueue.RESULTS_MAX + 1);
  }

  @Test
  void waitsLongerAndLongerForAStoreThatCannotTakeThem() throws IOException {
    ResultQueue queue = queue(store, _ -> {});
    add(TABLE, 0, 2);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      store.failNext(new StoreException(Kind.UNAVAILABLE, "on purpose"));
      pauses.add(((Step.Held) queue.step()).pause().toSeconds());
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertThat(held).hasSize(8).containsOnly(Kind.UNAVAILABLE);
    assertThat(queue.step()).isEqualTo(new Step.Advanced());
    assertThat(times()).containsExactly(0L, 1L);
    add(TABLE, 2, 3);
    store.failNext(new StoreException(Kind.TIMED_OUT, "on purpose"));
    assertThat(queue.step()).isEqualTo(new Step.Held(Duration.ofSeconds(1)));
  }

  @Test
  void waitsAsLongAsTheStoreAsksButNotForHours() throws IOException {
    ResultQueue queue = queue(store, _ -> {});
    add(TABLE, 0, 1);
    store.failNext(new StoreException(Kind.THROTTLED, "slow", Duration.ofSeconds(90), null));
    store.failNext(new StoreException(Kind.THROTTLED, "slow", Duration.ofHours(9), null));
    assertThat(queue.step()).isEqualTo(new Step.Held(Duration.ofSeconds(90)));
    assertThat(queue.step()).isEqualTo(new Step.Held(ResultQueue.PAUSE_ASKED_MAX));
  }

  @Test
  void countsWhatIsRefusedForGoodAndGoesOn() throws IOException {
    ResultQueue queue = queue(store, _ -> {});
    add(TABLE, 0, 3);
    store.rejectNext(List.of(new Rejection(1, Rejection.Reason.TOO_OLD, "older than 12 h")));
    assertThat(queue.step()).isEqualTo(new Step.Advanced());
    assertThat(queue.step()).isEqualTo(new Step.Empty());
    assertThat(stored).isEqualTo(2);
    assertThat(refused).isOne();
  }

  @Test
  void oneBadResultTakesNoOtherWithIt() throws IOException {
    List<Long> taken = new ArrayList<>();
    PointWriter picky =
        (_, batch, _) -> {
          for (int i = 0; i < batch.size(); i++) {
            if (batch.epochNanos(i) == 5) {
              throw new StoreException(Kind.BAD_REQUEST, "five is not liked");
            }
          }
          for (int i = 0; i < batch.size(); i++) {
            taken.add(batch.epochNanos(i));
          }
          return new WriteOutcome(batch.size(), 0, List.of());
        };
    ResultQueue queue = queue(picky, _ -> {});
    add(TABLE, 0, 9);
    assertThat(queue.step()).isEqualTo(new Step.Advanced());
    assertThat(taken).containsExactly(0L, 1L, 2L, 3L, 4L, 6L, 7L, 8L);
    assertThat(refused).isOne();
    assertThat(queue.step()).isEqualTo(new Step.Empty());
  }

  @Test
  void makesATableAgainThatSomebodyDeleted() throws IOException {
    ResultQueue queue = queue(store, made::add);
    add(TABLE, 0, 1);
    queue.step();
    add(TABLE, 1, 2);
    store.failNext(new StoreException(Kind.NOT_FOUND, "no such table"));
    assertThat(queue.step()).isInstanceOf(Step.Held.class);
    assertThat(queue.step()).isEqualTo(new Step.Advanced());
    assertThat(made).containsExactly(TABLE, TABLE);
    assertThat(times()).containsExactly(0L, 1L);
  }

  @Test
  void keepsResultsWhenTheTableCannotBeMadeOrTheWriterFails() throws IOException {
    List<RuntimeException> faults =
        new ArrayList<>(
            List.of(
                new StoreException(Kind.DENIED, "not yours"),
                new IllegalStateException("a fault of ours")));
    ResultQueue queue =
        queue(
            store,
            _ -> {
              if (!faults.isEmpty()) {
                throw faults.removeFirst();
              }
            });
    add(TABLE, 0, 1);
    assertThat(queue.step()).isInstanceOf(Step.Held.class);
    assertThat(queue.step()).isInstanceOf(Step.Held.class);
    assertThat(queue.step()).isEqualTo(new Step.Advanced());
    assertThat(held).containsExactly(Kind.DENIED, Kind.INTERNAL);
    assertThat(times()).containsExactly(0L);
  }

  @Test
  void leavesOutWhatItCannotRead() throws IOException {
    ResultQueue queue = queue(store, _ -> {});
    add(TABLE, 0, 1);
    log.append(new byte[] {9, 9, 9});
    add(TABLE, 1, 2);
    assertThat(queue.step()).isEqualTo(new Step.Advanced());
    assertThat(times()).containsExactly(0L, 1L);
    assertThat(lost).isOne();
  }

  private ResultQueue queue(PointWriter writer, Consumer<TableName> tables) {
    return new ResultQueue(log, writer, tables, listener, new ManualClock(NOW));
  }

  private void add(TableName table, int from, int to) throws IOException {
    Series series = Series.of("endpoint_up", List.of(new Dimension("siteId", "a")));
    for (int i = from; i < to; i++) {
      Point point = new Point(series, i, new Measure.OfBoolean(true));
      log.append(new QueuedPoints(table, List.of(point)).encode());
    }
  }

  private List<Long> times() {
    return store.points().stream().map(Point::epochNanos).toList();
  }
}
