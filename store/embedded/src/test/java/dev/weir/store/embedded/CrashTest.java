// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.TableName;
import dev.weir.store.administration.ResourceTags.Resource;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.kit.KilledProcess;
import dev.weir.store.kit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, at moments that differ, and looks at what it leaves behind. */
class CrashTest {

  private static final Instant START = Instant.parse("2026-03-10T23:59:00Z");

  @TempDir Path folder;

  /** The process: goes on from a batch, and says the number of each batch that was acknowledged. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      EmbeddedStore store =
          EmbeddedStore.open(
              EmbeddedStoreOptions.of(Path.of(arguments[0]))
                  .withLimits(limits -> limits.withGenerationRowsMax(40 * TestPoints.SERIES)));
      TestPoints.makeTable(store);
      for (int number = Integer.parseInt(arguments[1]); ; number++) {
        TestPoints.write(store, START, number);
        System.out.println(number);
      }
    }
  }

  /** The process that makes, fills and deletes one table again and again, and says what is done. */
  static final class Owner {
    static final TableName LOADS = new TableName("plant", "loads");

    private Owner() {}

    public static void main(String[] arguments) {
      EmbeddedStore store =
          EmbeddedStore.open(
              EmbeddedStoreOptions.of(Path.of(arguments[0]))
                  .withClock(new ManualClock(START.plusSeconds(60)))
                  .withLimits(limits -> limits.withGenerationRowsMax(3 * TestPoints.SERIES)));
      if (store.database("plant").isEmpty()) {
        store.createDatabase("plant", null, Map.of());
      }
      if (store.table(LOADS).isPresent()) {
        store.deleteTable(LOADS);
      }
      for (int round = 0; ; round++) {
        store.createTable(LOADS, TableProperties.DEFAULT, Map.of("round", "r" + round));
        for (int batch = 0; batch < 2; batch++) {
          store.write(LOADS, TestPoints.batch(START, 2 * round + batch), START.plusSeconds(120));
        }
        System.out.println(round);
        store.deleteTable(LOADS);
      }
    }
  }

  @Test
  void mixesNoTwoTablesOfOneNameAfterAKill() throws Exception {
    for (int kill = 0; kill < 3; kill++) {
      int full = KilledProcess.run(Owner.class, folder, 0, 11 + 9 * kill);
      try (EmbeddedStore store =
          EmbeddedStore.open(
              EmbeddedStoreOptions.of(folder).withClock(new ManualClock(START.plusSeconds(60))))) {
        if (store.table(Owner.LOADS).isEmpty()) {
          continue;
        }
        int round =
            Integer.parseInt(
                store.tags(new Resource.OfTable(Owner.LOADS)).get("round").substring(1));
        assertThat(round).isGreaterThanOrEqualTo(full);
        Instant now = START.plusSeconds(60);
        long points = TestPoints.number(store, "SELECT count(*) FROM plant.loads", now);
        assertThat(points).isIn(0L, (long) TestPoints.SERIES, 2L * TestPoints.SERIES);
        if (round == full) {
          assertThat(points).isEqualTo(2L * TestPoints.SERIES);
        }
        if (points > 0) {
          assertThat(
                  TestPoints.number(
                      store,
                      "SELECT count(*) FROM plant.loads WHERE measure_value::double < "
                          + 2_000.0 * round
                          + " OR measure_value::double >= "
                          + 2_000.0 * (round + 1),
                      now))
              .isZero();
        }
      }
    }
  }

  @Test
  void keepsEveryAcknowledgedBatchWholeAfterAKill() throws Exception {
    int next = 0;
    for (int round = 0; round < 4; round++) {
      next = KilledProcess.run(Victim.class, folder, next, next + 30 + 45 * round) + 1;
      try (EmbeddedStore store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder))) {
        long count = TestPoints.count(store);
        assertThat(TestPoints.halfBatches(store)).isZero();
        assertThat(count).isGreaterThanOrEqualTo((long) next * TestPoints.SERIES);
        // The last one may be there without having been acknowledged.
        assertThat(count).isLessThanOrEqualTo((next + 1L) * TestPoints.SERIES);
      }
    }
  }
}
