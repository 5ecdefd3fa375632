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
import dev.weir.store.embedded.WriteCommand.Rotate;
import dev.weir.store.embedded.disk.GenerationSeal;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.kit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when a step fails half way. */
class TroubleTest {

  private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(START.plus(Duration.ofHours(1)));

  private EmbeddedStoreOptions options() {
    return EmbeddedStoreOptions.of(folder).withClock(clock);
  }

  private WriteOutcome write(EmbeddedStore store, int number) {
    return store.write(TABLE, TestPoints.batch(START, number), clock.instant().plusSeconds(30));
  }

  private long count(EmbeddedStore store) {
    return TestPoints.number(store, "SELECT count(*) FROM weir.points", clock.instant());
  }

  @Test
  void doesNotSealAgainWhatWasDurableAlthoughItsCommitFailed() throws Exception {
    OpenStore parts = OpenStore.open(options());
    try (EmbeddedStore store = new EmbeddedStore(parts)) {
      TestPoints.makeTable(store);
      write(store, 0);
      assertThat(store.seal()).isTrue();
      write(store, 1);
      parts.sealer().sealing().lock();
      try {
        Rotate rotate = new Rotate(new CompletableFuture<>());
        parts.queue().put(rotate, TimeUnit.SECONDS.toNanos(30));
        rotate.done().get(30, TimeUnit.SECONDS);
        sealUnnoticed(parts);

        assertThatThrownBy(() -> count(store))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
      } finally {
        parts.sealer().sealing().unlock();
      }
      assertThat(parts.sealer().work()).isTrue();
      assertThat(count(store)).isEqualTo(2 * SERIES);
      write(store, 2);
    }
    try (EmbeddedStore store = EmbeddedStore.open(options())) {
      assertThat(store.seriesCount()).isEqualTo(SERIES);
      assertThat(count(store)).isEqualTo(3 * SERIES);
      assertThat(write(store, 1).repeated()).isEqualTo(SERIES);
    }
  }

  /** As after a commit that reached the disk and failed all the same. */
  private static void sealUnnoticed(OpenStore parts) throws Exception {
    Generation closed = parts.holdings().closed().getFirst();
    try (var connection = parts.keeper().engine().connect();
        var statement = connection.createStatement()) {
      statement.execute("BEGIN");
      new GenerationSeal(parts.keeper().engine(), parts.catalog())
          .write(statement, closed, parts.catalog().marks(), parts.holdings().partitions());
      statement.execute("COMMIT");
    }
  }

  @Test
  void keepsItsPlacesForQueriesWhileTheFileCannotBeUsed() throws Exception {
    OpenStore parts = OpenStore.open(options());
    try (EmbeddedStore store = new EmbeddedStore(parts)) {
      TestPoints.makeTable(store);
      parts.keeper().close();
      for (int i = 0; i <= options().limits().queriesMax(); i++) {
        assertThatThrownBy(() ->
                TestPoints.number(
                    store, "SELECT count(*) FROM weir.points", clock.instant().minusSeconds(30)))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
      }
    }
  }

  @Test
  void triesAgainAfterAnErrorWhileItSeals() {
    AtomicBoolean broken = new AtomicBoolean(true);
    EngineListener listener =
        new EngineListener() {
          @Override
          public void sealed(long nanos, long rows) {
            if (broken.getAndSet(false)) {
              throw new OutOfMemoryError("Java heap space");
            }
          }
        };
    try (EmbeddedStore store = EmbeddedStore.open(options().withListener(listener))) {
      TestPoints.makeTable(store);
      broken.set(true);
      write(store, 0);
      store.seal();
      write(store, 1);
      assertThat(store.seal()).isTrue();
      assertThat(broken).isFalse();
      assertThat(count(store)).isEqualTo(2 * SERIES);
    }
  }

  @Test
  void dropsOldDaysAndTellsItsHealthWhereThereIsNoRoomToSeal() {
    try (EmbeddedStore store = EmbeddedStore.open(options())) {
      store.createIfMissing(TABLE, TableRules.own(Duration.ofHours(3)));
      write(store, 0);
      store.seal();
    }
    clock.advance(Duration.ofDays(1));
    AtomicLong dropped = new AtomicLong();
    EngineListener listener =
        new EngineListener() {
          @Override
          public void dropped(int partitions, long points) {
            dropped.addAndGet(points);
          }
        };
    try (EmbeddedStore store = EmbeddedStore.open(withoutRoom(listener))) {
      int day = 24 * 3_600;
      for (int i = 0; i < 4; i++) {
        write(store, day + i);
        assertThat(store.seal()).isFalse();
      }
      assertThat(dropped).hasValue(SERIES);

      assertThatThrownBy(() -> write(store, day + 4)).hasMessageContaining("disk full");
      assertThat(store.health().ready()).isFalse();
      assertThat(count(store)).isEqualTo(4 * SERIES);
    }
  }

  private EmbeddedStoreOptions withoutRoom(EngineListener listener) {
    return options()
        .withListener(listener)
        .withLimits(limits -> limits.withFreeBytesMin(Long.MAX_VALUE / 2));
  }

  @Test
  void leavesOutAWriteWhoseCallerHasGivenUpBeforeItsTurn() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean hold = new AtomicBoolean();
    CountDownLatch held = new CountDownLatch(1);
    EngineListener listener =
        new EngineListener() {
          @Override
          public void committed(long nanos, int points, int queued) {
            if (hold.get()) {
              held.countDown();
              await(goOn);
            }
          }
        };
    try (EmbeddedStore store = EmbeddedStore.open(options().withListener(listener))) {
      TestPoints.makeTable(store);
      hold.set(true);
      write(store, 0);
      await(held);
      assertThatThrownBy(() -> store.write(TABLE, TestPoints.batch(START, 1), clock.instant()))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
      hold.set(false);
      goOn.countDown();
      write(store, 2);
      assertThat(count(store)).isEqualTo(2 * SERIES);
      assertThat(write(store, 1).repeated()).isZero();
    } finally {
      goOn.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void opensAFolderWhoseFormatWasNotWrittenToItsEnd() throws Exception {
    Files.writeString(folder.resolve("format.new"), "");
    EmbeddedStore.open(options()).close();
    assertThat(folder.resolve("format")).hasContent(Integer.toString(DataFolder.FORMAT));
    assertThat(folder.resolve("format.new")).doesNotExist();
  }
}
