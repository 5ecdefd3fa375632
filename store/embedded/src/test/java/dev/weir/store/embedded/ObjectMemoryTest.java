// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.embedded.WriteCommand.WritePoints;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Texts and MULTI values take memory by their size, not by their number. */
class ObjectMemoryTest {

  private static final int MEBIBYTE = 1 << 20;

  /** The longest that Timestream takes. */
  private static final String TEXT = "t".repeat(2_048);

  private final Instant now = Instant.now();

  @TempDir Path folder;

  @Test
  @Timeout(60)
  void sealsRowsWhoseObjectsTakeTheMemoryOfAGeneration() throws InterruptedException {
    BlockingQueue<Long> sealed = new LinkedBlockingQueue<>();
    EngineListener listener =
        new EngineListener() {
          @Override
          public void sealed(long nanos, long points) {
            sealed.add(points);
          }
        };
    EmbeddedStoreOptions options =
        EmbeddedStoreOptions.of(folder)
            .withListener(listener)
            .withLimits(limits -> limits.withGenerationObjectBytesMax(2 * MEBIBYTE));
    try (EmbeddedStore store = EmbeddedStore.open(options)) {
      TestPoints.makeTable(store);
      for (int second = 0; second < 12; second++) {
        store.write(TestPoints.TABLE, multis(second, 25), now.plusSeconds(30));
      }
      // A point of ten such texts takes about 42 KB: two batches make a generation.
      for (int generation = 0; generation < 6; generation++) {
        assertThat(sealed.take()).isEqualTo(50);
      }
      assertThat(TestPoints.count(store)).isEqualTo(300);
    }
  }

  @Test
  void aPointWaitsWithTheWeightOfItsMemory() {
    assertThat(weight(new Measure.OfDouble(1))).isEqualTo(1);
    assertThat(weight(new Measure.OfVarchar("up"))).isEqualTo(1);
    assertThat(weight(new Measure.OfVarchar(TEXT)) * WritePoints.POINT_BYTES)
        .isBetween(2 * TEXT.length(), 3 * TEXT.length());
    assertThat(weight(multi(100)) * WritePoints.POINT_BYTES)
        .isBetween(100 * 2 * TEXT.length(), 100 * 3 * TEXT.length());
  }

  /** Beside that of the command itself. */
  private static int weight(Measure measure) {
    Point point = new Point(Series.of("log", List.of(new Dimension("n", "1"))), 1, measure, 1);
    return new WritePoints(TestPoints.TABLE, PointBatch.of(List.of(point))).weight() - 1;
  }

  private PointBatch multis(int second, int points) {
    long nanos = (now.getEpochSecond() - 60 + second) * 1_000_000_000L;
    return PointBatch.of(
        IntStream.range(0, points)
            .mapToObj(i -> Series.of("log", List.of(new Dimension("n", Integer.toString(i)))))
            .map(series -> new Point(series, nanos, multi(10), 1))
            .toList());
  }

  private static Measure multi(int texts) {
    return new Measure.OfMulti(
        IntStream.range(0, texts)
            .mapToObj(i -> new Measure.Named("line" + i, new Measure.OfVarchar(TEXT)))
            .toList());
  }
}
