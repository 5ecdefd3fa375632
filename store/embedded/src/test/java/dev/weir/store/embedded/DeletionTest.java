// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static dev.weir.store.embedded.TestPoints.SERIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.ColumnVector;
import dev.weir.query.Scope;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.embedded.WriteCommand.Rotate;
import dev.weir.store.kit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are deleted while others use them, and what is left of them. */
class DeletionTest {

  private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
  private static final TableName LOADS = new TableName("plant", "loads");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(START.plusSeconds(600));
  private final AtomicLong dropped = new AtomicLong();

  private EmbeddedStore open() {
    return EmbeddedStore.open(
        EmbeddedStoreOptions.of(folder)
            .withClock(clock)
            .withListener(
                new EngineListener() {
                  @Override
                  public void dropped(int partitions, long points) {
                    dropped.addAndGet(points);
                  }
                }));
  }

  private EmbeddedStore openWithTable() {
    EmbeddedStore store = open();
    store.createDatabase("plant", null, Map.of());
    make(store);
    return store;
  }

  private static void make(EmbeddedStore store) {
    store.createTable(LOADS, TableProperties.DEFAULT, Map.of());
  }

  private int write(EmbeddedStore store, int number) {
    return store
        .write(LOADS, TestPoints.batch(START, number), clock.instant().plusSeconds(60))
        .accepted();
  }

  private long count(EmbeddedStore store) {
    return TestPoints.number(store, "SELECT count(*) FROM plant.loads", clock.instant());
  }

  private static void awaitSeries(EmbeddedStore store, int wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    while (store.seriesCount() != wanted && Instant.now().isBefore(end)) {
      Thread.yield();
    }
    assertThat(store.seriesCount()).isEqualTo(wanted);
  }

  @Test
  void givesTheMemoryOfItsSeriesBack() {
    try (EmbeddedStore store = openWithTable()) {
      write(store, 0);
      assertThat(store.seriesCount()).isEqualTo(SERIES);

      store.deleteTable(LOADS);
      awaitSeries(store, 0);

      make(store);
      assertThat(write(store, 0)).isEqualTo(SERIES);
      assertThat(store.seriesCount()).isEqualTo(SERIES);
    }
    try (EmbeddedStore store = open()) {
      awaitSeries(store, SERIES);
      assertThat(count(store)).isEqualTo(SERIES);
    }
  }

  @Test
  void dropsItsDaysAndNothingOfOthers() {
    TableName other = new TableName("plant", "other");
    try (EmbeddedStore store = openWithTable()) {
      store.createTable(other, TableProperties.DEFAULT, Map.of());
      write(store, 0);
      store.write(other, TestPoints.batch(START, 0), clock.instant().plusSeconds(60));
      assertThat(store.seal()).isTrue();
      write(store, 1);

      store.deleteTable(LOADS);
      assertThat(store.seal()).isTrue();

      assertThat(dropped.get()).isEqualTo(SERIES);
      assertThat(TestPoints.number(store, "SELECT count(*) FROM plant.other", clock.instant()))
          .isEqualTo(SERIES);
    }
    try (EmbeddedStore store = open()) {
      assertThat(store.tables("plant")).containsExactly("other");
      awaitSeries(store, SERIES);
      assertThat(TestPoints.number(store, "SELECT count(*) FROM plant.other", clock.instant()))
          .isEqualTo(SERIES);
    }
  }

  @Test
  void beginsEmptyAgainWhereverARestartOrASealComesBetween() {
    List<Step> steps =
        List.of(
            store -> write(store, 0),
            store -> store.deleteTable(LOADS),
            DeletionTest::make,
            store -> assertThat(count(store)).isZero(),
            store -> write(store, 1),
            store -> assertThat(count(store)).isEqualTo(SERIES),
            store -> store.deleteTable(LOADS),
            DeletionTest::make,
            store -> write(store, 2),
            store -> write(store, 3));
    EmbeddedStore store = openWithTable();
    try {
      // Each bit of the pattern says whether the store restarts, or seals, after a step.
      for (int pattern : new int[] {0b0, 0b1, 0b10, 0b100, 0b1010101, 0b111111111}) {
        for (int i = 0; i < steps.size(); i++) {
          steps.get(i).run(store);
          if ((pattern >> i & 1) != 0) {
            if (i % 2 == 0) {
              assertThat(store.seal()).isTrue();
            }
            store.close();
            store = open();
          }
        }
        assertThat(count(store)).isEqualTo(2L * SERIES);
        assertThat(
                TestPoints.number(
                    store,
                    "SELECT count(*) FROM plant.loads WHERE measure_value::double < 2000",
                    clock.instant()))
            .isZero();
        store.deleteTable(LOADS);
        make(store);
      }
    } finally {
      store.close();
    }
  }

  /** One thing that is done to a store. */
  @FunctionalInterface
  private interface Step {
    void run(EmbeddedStore store);
  }

  @Test
  void tellsWritersThatItIsNotThereAnyMore() throws Exception {
    try (EmbeddedStore store = openWithTable();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger next = new AtomicInteger();
      AtomicInteger written = new AtomicInteger();
      List<Future<Kind>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            threads.submit(() -> {
              while (true) {
                try {
                  assertThat(write(store, next.getAndIncrement() % 1_000)).isPositive();
                  written.incrementAndGet();
                } catch (StoreException e) {
                  return e.kind();
                }
              }
            }));
      }
      while (written.get() < 20) {
        Thread.yield();
      }
      store.deleteTable(LOADS);
      for (Future<Kind> writer : writers) {
        assertThat(writer.get()).isEqualTo(Kind.NOT_FOUND);
      }
      make(store);
      assertThat(count(store)).isZero();
    }
  }

  @Test
  void letsQueriesSeeOneTableOrNone() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (EmbeddedStore store = openWithTable();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> reader =
          () -> {
            int seen = 0;
            while (!done.get()) {
              seen += expectOneRound(store);
            }
            return seen;
          };
      List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
      for (int round = 0; round < 60; round++) {
        write(store, round);
        if (round % 7 == 3) {
          store.seal();
        }
        store.deleteTable(LOADS);
        make(store);
      }
      done.set(true);
      for (Future<Integer> each : readers) {
        each.get();
      }
      store.seal();
      awaitSeries(store, 0);
    }
  }

  /** Every round has a second and values of its own, so a mixture would show. */
  private int expectOneRound(EmbeddedStore store) {
    String sql =
        "SELECT n, measure_value::double, time FROM plant.loads WHERE measure_name = 'load'";
    try {
      var page =
          store.run(new QueryRequest(sql, Scope.all(), clock.instant().plusSeconds(60))).page();
      assertThat(page.rowCount()).isIn(0, SERIES);
      if (page.rowCount() == 0) {
        return 0;
      }
      long[] times = ((ColumnVector.Longs) page.columns().get(2).values()).values();
      double[] values = ((ColumnVector.Doubles) page.columns().get(1).values()).values();
      ColumnVector.Strings names = (ColumnVector.Strings) page.columns().get(0).values();
      for (int i = 0; i < page.rowCount(); i++) {
        long round = (times[0] - START.getEpochSecond() * 1_000_000_000L) / 1_000_000_000L;
        assertThat(times[i]).isEqualTo(times[0]);
        assertThat(values[i])
            .isEqualTo(round * 1000.0 + Integer.parseInt(String.valueOf(names.value(i))));
      }
      return 1;
    } catch (StoreException e) {
      // Between a deletion and the next table there is none, or one without columns.
      assertThat(e.kind()).as(e.getMessage()).isIn(Kind.NOT_FOUND, Kind.BAD_REQUEST);
      return 0;
    }
  }

  @Test
  void opensAFolderWhoseFileKnowsLessOfADeletedTableThanTheLog(@TempDir Path copy)
      throws Exception {
    OpenStore parts = OpenStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
    try (EmbeddedStore store = new EmbeddedStore(parts)) {
      store.createDatabase("plant", null, Map.of());
      make(store);
      parts.sealer().sealing().lock();
      try {
        write(store, 0);
        Rotate rotate = new Rotate(new CompletableFuture<>());
        new Submission(parts.queue(), clock).await(rotate, rotate.done());
        store.write(LOADS, TestPoints.batch(START, 1), clock.instant().plusSeconds(60));
        store.deleteTable(LOADS);
        awaitSeries(store, 0);
        make(store);
        write(store, 2);
        // Seals what was before the deletion: series that are gone from memory by now.
        assertThat(parts.holdings().closed()).hasSize(1);
        assertThat(parts.sealer().work()).isTrue();
        assertThat(parts.holdings().closed()).isEmpty();
        copyAsIfKilled(copy);
      } finally {
        parts.sealer().sealing().unlock();
      }
    }
    for (int restart = 0; restart < 2; restart++) {
      try (EmbeddedStore store =
          EmbeddedStore.open(EmbeddedStoreOptions.of(copy).withClock(clock))) {
        assertThat(count(store)).isEqualTo(SERIES);
        awaitSeries(store, SERIES);
        assertThat(write(store, 2)).isEqualTo(SERIES);
        assertThat(count(store)).isEqualTo(SERIES);
        assertThat(store.seal()).isTrue();
      }
    }
  }

  private void copyAsIfKilled(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = target.resolve(folder.relativize(file));
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
  }

  @Test
  void keepsWhatAReaderMayHoldUntilItHasLeft() {
    Readers readers = new Readers();
    long early = readers.enter();
    long deletion = readers.moment();
    long later = readers.enter();

    assertThat(readers.leftSince(deletion)).isFalse();
    readers.leave(early);
    assertThat(readers.leftSince(deletion)).isTrue();
    readers.leave(later);
    assertThat(readers.leftSince(readers.moment())).isTrue();
  }

  @Test
  void refusesToWorkWithATableThatIsGone() {
    try (EmbeddedStore store = openWithTable()) {
      store.deleteTable(LOADS);
      assertThatThrownBy(() -> count(store)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> write(store, 0))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }
  }
}
