// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static dev.weir.store.embedded.TestPoints.SERIES;
import static dev.weir.store.embedded.TestPoints.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import dev.weir.store.embedded.log.FillingDisk;
import dev.weir.store.kit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {

  private static final Instant START = Instant.parse("2026-03-10T23:59:00Z");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(START.plus(Duration.ofHours(1)));
  private final FillingDisk disk = new FillingDisk();
  private final AtomicLong droppedPoints = new AtomicLong();

  private EmbeddedStore open() {
    return open(folder);
  }

  private EmbeddedStore open(Path root) {
    EmbeddedStore store =
        EmbeddedStore.open(
            EmbeddedStoreOptions.of(root)
                .withClock(clock)
                .withSegmentFiles(disk)
                .withListener(
                    new EngineListener() {
                      @Override
                      public void dropped(int partitions, long points) {
                        droppedPoints.addAndGet(points);
                      }
                    }));
    TestPoints.makeTable(store);
    return store;
  }

  private static WriteOutcome write(EmbeddedStore store, int number, Instant deadline) {
    return store.write(TABLE, TestPoints.batch(START, number), deadline);
  }

  private WriteOutcome write(EmbeddedStore store, int number) {
    return write(store, number, clock.instant().plusSeconds(30));
  }

  private static long count(EmbeddedStore store, ManualClock clock) {
    return TestPoints.number(store, "SELECT count(*) FROM weir.points", clock.instant());
  }

  @Test
  void goesOnByItselfAfterAFullDisk() {
    try (EmbeddedStore store = open()) {
      write(store, 0);
      disk.leave(100);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> write(store, 1))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
            .hasMessageContaining("disk full");
      }
      assertThat(count(store, clock)).isEqualTo(SERIES);

      disk.leave(Long.MAX_VALUE);
      assertThat(write(store, 1).repeated()).isZero();
      assertThat(write(store, 1).repeated()).isEqualTo(SERIES);
      write(store, 2);
    }
    try (EmbeddedStore store = open()) {
      assertThat(count(store, clock)).isEqualTo(3 * SERIES);
    }
  }

  @Test
  void bringsBackSeriesThatWereNewInAFailedWrite() {
    try (EmbeddedStore store = open()) {
      disk.failSync(true);
      assertThatThrownBy(() -> write(store, 0)).isInstanceOf(StoreException.class);
      disk.failSync(false);
      write(store, 1);
    }
    try (EmbeddedStore store = open()) {
      assertThat(count(store, clock)).isEqualTo(SERIES);
      assertThat(write(store, 0).repeated()).isZero();
    }
  }

  @Test
  void sealsOverMidnightAndFindsEverythingAgain() {
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 120; i++) {
        write(store, i);
      }
      assertThat(store.seal()).isTrue();
      assertThat(count(store, clock)).isEqualTo(120 * SERIES);
      assertThat(write(store, 30).repeated()).isEqualTo(SERIES);
      assertThat(write(store, 90).repeated()).isEqualTo(SERIES);
    }
    assertThat(folder.resolve("log")).isDirectoryContaining("glob:**.log");
    try (EmbeddedStore store = open()) {
      assertThat(write(store, 119).repeated()).isEqualTo(SERIES);
      assertThat(count(store, clock)).isEqualTo(120 * SERIES);
    }
  }

  @Test
  void dropsDaysBeyondTheRetention() {
    try (EmbeddedStore store = open()) {
      store.createIfMissing(TABLE, TableRules.own(Duration.ofHours(3)));
      for (int i = 0; i < 120; i++) {
        write(store, i);
      }
      store.seal();

      // Now the oldest second that is shown is the second one of the second day.
      clock.advance(Duration.ofHours(2).plusSeconds(61));
      assertThat(count(store, clock)).isEqualTo(59 * SERIES);
      store.seal();
      assertThat(count(store, clock)).isEqualTo(59 * SERIES);
      assertThat(droppedPoints.get()).isEqualTo(60 * SERIES);

      clock.advance(Duration.ofHours(1));
      store.seal();
      assertThat(count(store, clock)).isZero();
      assertThat(write(store, 119).rejections()).hasSize(SERIES);
    }
  }

  @Test
  void copiesItselfWhileItIsWrittenTo(@TempDir Path outside) throws Exception {
    Path copy = outside.resolve("copy");
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 10; i++) {
        write(store, i);
      }
      store.seal();
      for (int i = 10; i < 20; i++) {
        write(store, i);
      }
      store.backup(copy);
      for (int i = 20; i < 30; i++) {
        write(store, i);
      }
      assertThatThrownBy(() -> store.backup(copy)).hasMessageContaining("is not empty");
    }
    try (EmbeddedStore store = open(copy)) {
      assertThat(count(store, clock)).isEqualTo(20 * SERIES);
      assertThat(write(store, 15).repeated()).isEqualTo(SERIES);
    }
  }

  @Test
  void countsNoCopyAsWholeThatLacksWhatElseBelongsToTheFolder(@TempDir Path outside) {
    Path copy = outside.resolve("copy");
    try (EmbeddedStore store = open()) {
      write(store, 1);
      StoreException full = new StoreException(StoreException.Kind.UNAVAILABLE, "disk full");
      assertThatThrownBy(() ->
              store.backup(
                  copy,
                  _ -> {
                    throw full;
                  }))
          .isSameAs(full);
    }
    assertThatThrownBy(() -> open(copy).close()).hasMessageContaining("a backup that broke off");
  }

  @Test
  void showsReadersWholeBatchesOnlyWhileItSeals() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (EmbeddedStore store = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Long> reader =
          () -> {
            long last = 0;
            while (!done.get()) {
              long count = count(store, clock);
              assertThat(count % SERIES).isZero();
              assertThat(count).isGreaterThanOrEqualTo(last);
              last = count;
            }
            return last;
          };
      List<Future<Long>> readers = List.of(threads.submit(reader), threads.submit(reader));
      for (int i = 0; i < 200; i++) {
        write(store, i);
        if (i % 20 == 19) {
          store.seal();
        }
      }
      done.set(true);
      for (Future<Long> each : readers) {
        each.get();
      }
      assertThat(count(store, clock)).isEqualTo(200 * SERIES);
    }
  }

  @Test
  void refusesADamagedLogInOneLine() throws IOException {
    try (EmbeddedStore store = open()) {
      write(store, 0);
      write(store, 1);
    }
    Path segment;
    try (var files = Files.list(folder.resolve("log"))) {
      segment = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(segment);
    bytes[20] ^= 1;
    Files.write(segment, bytes);

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is damaged at byte 0");
    // The folder is free again.
    DataFolder.open(folder).close();
  }

  @Test
  void refusesADamagedFileInOneLine() throws IOException {
    open().close();
    Files.writeString(folder.resolve("weir.duckdb"), "this is no database".repeat(1_000));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can't be opened")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void endsAQueryAtItsDeadline() {
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 60; i++) {
        write(store, i);
      }
      String slow =
          "SELECT count(*) FROM weir.points a CROSS JOIN weir.points b CROSS JOIN weir.points c";

      assertThatThrownBy(() ->
              TestPoints.number(store, slow, clock.instant().minusSeconds(30).plusMillis(300)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isIn(Kind.TIMED_OUT, Kind.CANCELLED));
    }
  }
}
