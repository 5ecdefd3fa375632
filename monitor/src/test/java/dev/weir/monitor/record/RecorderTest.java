// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.schedule.TestRuns;
import dev.weir.store.PointWriter;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.kit.RecordingPointWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(150)
class RecorderTest {

  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  /** A store that is down. */
  private static final PointWriter DOWN =
      (_, _, _) -> {
        throw new StoreException(Kind.UNAVAILABLE, "the store is down, on purpose");
      };

  @TempDir Path folder;

  @Test
  void bringsResultsIntoTheTablesOfTheirCustomers() throws InterruptedException {
    RecordingPointWriter store = new RecordingPointWriter();
    CountDownLatch stored = new CountDownLatch(3);
    RecordListener listener =
        new RecordListener() {
          @Override
          public void stored(TableName table, PointBatch batch, int points) {
            for (int i = 0; i < points; i++) {
              stored.countDown();
            }
          }
        };
    try (Recorder recorder =
        Recorder.open(
            RecorderOptions.of(folder), store, _ -> {}, listener, InstantSource.system())) {
      recorder.accept(result(SiteKey.DEFAULT_CUSTOMER, 0));
      recorder.accept(result("acme", 1));
      recorder.accept(result(SiteKey.DEFAULT_CUSTOMER, 2));
      stored.await();
      assertThat(recorder.waitingBytes()).isBetween(0L, 1_000L);
    }
    assertThat(store.calls())
        .allSatisfy(call ->
            assertThat(call.table().database()).isIn("CPTMonitoring", "CPTMonitoring-acme"));
    assertThat(store.points()).hasSize(3);
  }

  @Test
  void whatAStoreDidNotTakeIsThereAtTheNextStart() {
    try (Recorder recorder = open(DOWN)) {
      for (int i = 0; i < 100; i++) {
        recorder.accept(result(i % 2 == 0 ? "acme" : "Acme", i));
      }
    }
    RecordingPointWriter store = new RecordingPointWriter();
    deliver(store);
    assertThat(store.points()).hasSize(100);
    assertThat(store.calls())
        .extracting(call -> call.table().database())
        .containsExactlyInAnyOrder("CPTMonitoring-acme", "CPTMonitoring-Acme");
  }

  @Test
  void oneCustomersTroubleHoldsUpNobodyElse() {
    RecordingPointWriter store = new RecordingPointWriter();
    PointWriter denying =
        (table, batch, deadline) -> {
          if (table.database().endsWith("-acme")) {
            throw new StoreException(Kind.DENIED, "not yours");
          }
          return store.write(table, batch, deadline);
        };
    try (Recorder recorder = open(denying)) {
      recorder.accept(result("acme", 0));
      long held = recorder.waitingBytes();
      recorder.accept(result("other", 1));
      await(recorder, held);
    }
    assertThat(store.points()).hasSize(1);
  }

  @Test
  void twoProcessesDoNotShareAFolder() {
    try (Recorder _ = open(DOWN)) {
      assertThatThrownBy(() -> open(DOWN))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another Weir has the folder")
          .hasMessageContaining(folder.toString());
    }
    open(DOWN).close();
  }

  @Test
  void atOverflowTheOldestGoOfTheCustomerThatHasTheMost() {
    AtomicLong overflowed = new AtomicLong();
    RecordListener listener =
        new RecordListener() {
          @Override
          public void overflowed(long results) {
            overflowed.addAndGet(results);
          }
        };
    long limit = RecorderOptions.QUEUE_BYTES_MIN;
    RecorderOptions options =
        new RecorderOptions(folder, limit, RecordLayout.CHECK, CheckTables.ORIGINAL);
    int added = 0;
    try (Recorder recorder =
        Recorder.open(options, DOWN, _ -> {}, listener, InstantSource.system())) {
      recorder.accept(result("small", 0));
      while (overflowed.get() == 0) {
        recorder.accept(result("large", ++added));
      }
      assertThat(recorder.waitingBytes()).isLessThanOrEqualTo(limit);
    }
    RecordingPointWriter store = new RecordingPointWriter();
    deliver(store);
    List<Long> small =
        store.calls().stream()
            .filter(call -> call.table().database().endsWith("-small"))
            .map(call -> call.batch().epochNanos(0))
            .toList();
    assertThat(small).containsExactly(time(0));
    assertThat(store.points()).hasSize((int) (1 + added - overflowed.get()));
    assertThat(store.points()).extracting(Point::epochNanos).contains(time(added));
    assertThat(store.points())
        .filteredOn(point -> point.epochNanos() > time(0))
        .allMatch(point -> point.epochNanos() > time((int) overflowed.get()));
  }

  @Test
  void refusesAQueueThatIsTooSmall() {
    assertThatThrownBy(
            () -> new RecorderOptions(folder, 1, RecordLayout.CHECK, CheckTables.ORIGINAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the queue of results has at least 4194304 bytes, not 1");
  }

  /** Records results into a store that is down, and says so of each, until it is killed. */
  public static final class Victim {
    public static void main(String[] arguments) {
      int first = Integer.parseInt(arguments[1]);
      try (Recorder recorder =
          Recorder.open(
              RecorderOptions.of(Path.of(arguments[0])),
              DOWN,
              _ -> {},
              RecordListener.NONE,
              InstantSource.system())) {
        for (int i = first; ; i++) {
          recorder.accept(result("acme", i));
          System.out.println(i);
        }
      }
    }
  }

  @Test
  void keepsEveryResultThatItTookWhenItIsKilled() throws IOException, InterruptedException {
    int next = 0;
    for (int round = 1; round <= 3; round++) {
      next = runThenKill(next, next + 2_000 * round) + 1;
    }
    int took = next;
    AtomicLong points = new AtomicLong();
    boolean[] seen = new boolean[took];
    PointWriter store =
        (_, batch, _) -> {
          for (int i = 0; i < batch.size(); i++) {
            int which = (int) ((batch.epochNanos(i) - time(0)) / 1_000_000);
            if (which < took) {
              seen[which] = true;
            }
            points.incrementAndGet();
          }
          return new WriteOutcome(batch.size(), 0, List.of());
        };
    deliver(store);
    for (int i = 0; i < took; i++) {
      assertThat(seen[i]).as("result %d of %d", i, took).isTrue();
    }
    // The one that was being said may be there twice: the next round begins with it.
    assertThat(points.get()).isBetween((long) took, took + 3L);
  }

  /** The last result that was taken. */
  private int runThenKill(int first, int killAfter) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int last = first - 1;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.matches("[0-9]+")) {
          continue; // the log
        }
        last = Integer.parseInt(line);
        if (last == killAfter) {
          // Not destroyForcibly(): it closes our end, and with it what was said last.
          new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start().waitFor();
        }
      }
    }
    process.waitFor();
    assertThat(last).isGreaterThanOrEqualTo(killAfter);
    return last;
  }

  /** Lets everything that waits go into this store. */
  private void deliver(PointWriter store) {
    try (Recorder recorder = open(store)) {
      await(recorder, 0);
    }
  }

  private static void await(Recorder recorder, long waitingBytes) {
    while (recorder.waitingBytes() > waitingBytes) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Recorder open(PointWriter writer) {
    return Recorder.open(
        RecorderOptions.of(folder), writer, _ -> {}, RecordListener.NONE, InstantSource.system());
  }

  private static SlotResult result(String customer, int number) {
    Slot slot =
        new Slot(
            TestRuns.site(
                new SiteKey(customer, "site"), Duration.ofSeconds(1), List.of("here"), true),
            "here",
            START.plusMillis(number));
    return new SlotResult(slot, slot.intendedStart(), TestRuns.up());
  }

  private static long time(int number) {
    return START.plusMillis(number).toEpochMilli() * 1_000_000;
  }
}
