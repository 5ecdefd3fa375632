// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  @Test
  void boundsAreFixedTenADecade() {
    assertThat(LatencyHistogram.boundSeconds(0)).isEqualTo(1e-4);
    assertThat(LatencyHistogram.boundSeconds(10)).isCloseTo(1e-3, within(1e-12));
    assertThat(LatencyHistogram.boundSeconds(40)).isCloseTo(1.0, within(1e-9));
    assertThat(LatencyHistogram.boundSeconds(LatencyHistogram.BUCKETS - 1)).isGreaterThan(300);
    assertThat(LatencyHistogram.bucket(0)).isZero();
    assertThat(LatencyHistogram.bucket(1e-4)).isZero();
    assertThat(LatencyHistogram.bucket(1.01e-4)).isOne();
    assertThat(LatencyHistogram.bucket(0.999)).isEqualTo(40);
    assertThat(LatencyHistogram.bucket(1.001)).isEqualTo(41);
    assertThat(LatencyHistogram.bucket(300)).isEqualTo(65);
    assertThat(LatencyHistogram.bucket(1e9)).isEqualTo(65);
  }

  @Test
  void anyLatencyIsWithinTheErrorOfItsBucket() {
    for (double seconds = 1.1e-4; seconds < 316; seconds *= 1.013) {
      double told =
          LatencyHistogram.of(LatencyHistogram.bucket(seconds), 1).percentile(1).orElseThrow();
      assertThat(told)
          .isCloseTo(seconds, within(seconds * LatencyHistogram.ERROR_MAX * (1 + 1e-9)));
    }
  }

  @Test
  void mergesByAddingAndTakesPercentilesByRank() {
    LatencyHistogram slow = LatencyHistogram.of(LatencyHistogram.bucket(2.0), 5);
    LatencyHistogram merged =
        IntStream.range(0, 95)
            .mapToObj(_ -> LatencyHistogram.of(LatencyHistogram.bucket(0.02), 1))
            .reduce(slow, LatencyHistogram::plus);
    assertThat(merged.count()).isEqualTo(100);
    assertThat(merged.percentile(0.5).orElseThrow()).isCloseTo(0.02, within(0.0025));
    assertThat(merged.percentile(0.95).orElseThrow()).isCloseTo(0.02, within(0.0025));
    assertThat(merged.percentile(0.96).orElseThrow()).isCloseTo(2.0, within(0.25));
    assertThat(slow.count()).isEqualTo(5);
  }

  @Test
  void aPercentileIsOfTheRankThatItsDecimalsSay() {
    for (int percent = 1; percent < 100; percent++) {
      double share = Double.parseDouble("0.%02d".formatted(percent));
      LatencyHistogram histogram =
          LatencyHistogram.of(10, percent).plus(LatencyHistogram.of(20, 100 - percent));
      assertThat(histogram.percentile(share))
          .as("%d of 100 runs are in the lower bucket", percent)
          .isEqualTo(LatencyHistogram.of(10, 1).percentile(1));
    }
  }

  @Test
  void hasNoPercentileWithoutARun() {
    assertThat(LatencyHistogram.EMPTY.percentile(0.5)).isEmpty();
    assertThatThrownBy(() -> LatencyHistogram.EMPTY.percentile(95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a percentile is a share greater than 0 and at most 1, not 95.0");
  }
}
