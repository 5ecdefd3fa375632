// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesIndexTest {

  private final SeriesIndex index = new SeriesIndex();
  private final StoredTable table =
      new StoredTable(
          TableState.own(
              3,
              new TableName("weir", "points"),
              TableRules.own(Duration.ofDays(1)),
              Instant.EPOCH,
              Instant.EPOCH));
  private final StoredMeasure measure = new StoredMeasure(5, table, "up", MeasureType.DOUBLE);

  private static Series series(int n) {
    return Series.of("up", List.of(new Dimension("n", Integer.toString(n))));
  }

  @Test
  void findsEverySeriesThatIsLeftAfterAnyOrderOfAddingAndForgetting() {
    long seed = 20_260_310;
    Random random = new Random(seed);
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int step = 0; step < 30_000; step++) {
      int n = random.nextInt(3_000);
      Integer number = numbers.get(n);
      if (number == null) {
        numbers.put(n, index.add(measure, series(n), SeriesIndex.NEVER));
      } else if (random.nextInt(3) > 0) {
        index.forget(number);
        numbers.remove(n);
      }
    }
    for (int n = 0; n < 3_000; n++) {
      assertThat(index.find(table, series(n)))
          .as("series %d, seed %d", n, seed)
          .isEqualTo(numbers.getOrDefault(n, -1));
    }
    assertThat(index.count()).isEqualTo(numbers.size());
    assertThat(index.size()).isGreaterThan(10_000);
  }

  @Test
  void givesMemoryBackAndNoNumberTwice() {
    List<Integer> numbers = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      numbers.add(index.add(measure, series(n), SeriesIndex.NEVER));
    }
    assertThat(index.heapBytes()).isGreaterThan(100 * 300);

    numbers.forEach(index::forget);

    assertThat(index.heapBytes()).isZero();
    assertThat(index.series(7)).isSameAs(SeriesIndex.GONE);
    assertThat(index.measure(7)).isSameAs(StoredMeasure.GONE);
    assertThat(index.add(measure, series(7), SeriesIndex.NEVER)).isEqualTo(100);
  }

  @Test
  void putsSeriesBackUnderTheirNumbersAndLeavesTheGaps() {
    index.reserve(5_000);
    index.restore(4_000, measure, series(1), 7);

    assertThat(index.find(table, series(1))).isEqualTo(4_000);
    assertThat(index.newestNanos(4_000)).isEqualTo(7);
    assertThat(index.measure(3_999)).isSameAs(StoredMeasure.GONE);
    assertThat(index.add(measure, series(2), SeriesIndex.NEVER)).isEqualTo(5_000);
  }
}
