// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.WriteOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesLimitTest {

  /** A series with one short label weighs more than half of this. */
  private static final long ROOM_FOR_TWO = 600;

  private final Instant now = Instant.now();

  @TempDir Path folder;

  @Test
  void refusesNewSeriesWhenTheirMemoryIsUsedUpAndKeepsTheKnownOnes() {
    EmbeddedStoreOptions options =
        EmbeddedStoreOptions.of(folder).withLimits(limits -> limits.withSeriesBytes(ROOM_FOR_TWO));
    try (EmbeddedStore store = EmbeddedStore.open(options)) {
      TestPoints.makeTable(store);
      WriteOutcome outcome = write(store, 0, "a", "b", "c");
      assertThat(outcome.accepted()).isEqualTo(2);
      assertThat(outcome.rejections())
          .singleElement()
          .satisfies(rejection -> {
            assertThat(rejection.index()).isEqualTo(2);
            assertThat(rejection.reason()).isEqualTo(Rejection.Reason.LIMIT);
            assertThat(rejection.message()).startsWith("the store has 2 series, all that");
          });
    }
    try (EmbeddedStore store = EmbeddedStore.open(options)) {
      WriteOutcome outcome = write(store, 1, "a", "b", "d");
      assertThat(outcome.accepted()).isEqualTo(2);
      assertThat(outcome.rejections()).hasSize(1);
      assertThat(store.seriesCount()).isEqualTo(2);
    }
  }

  private WriteOutcome write(EmbeddedStore store, int second, String... instances) {
    PointBatch.Builder batch = new PointBatch.Builder(instances.length);
    long nanos = (now.getEpochSecond() - 60 + second) * 1_000_000_000L;
    for (String instance : instances) {
      batch.addDouble(Series.of("up", List.of(new Dimension("instance", instance))), nanos, second);
    }
    return store.write(TestPoints.TABLE, batch.build(), now.plusSeconds(120));
  }
}
