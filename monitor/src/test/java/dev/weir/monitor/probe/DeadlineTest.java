// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

  private static final Duration TOTAL = Duration.ofSeconds(3);

  /** What the parts before have taken is nobody's limit. */
  @Test
  void namesTheLimitOfTheRequestWhereLessThanThatIsLeft() {
    Deadline deadline = Deadline.of(TOTAL, TOTAL, System.nanoTime() + 2_984_000_000L);
    assertThat(deadline.limitText()).isEqualTo("3 s");
    assertThat(deadline.lengthNanos()).isLessThanOrEqualTo(2_984_000_000L);
  }

  @Test
  void namesTheLimitOfThePartWhereThatEndsFirst() {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    assertThat(Deadline.of(Duration.ofMillis(400), TOTAL, end).limitText()).isEqualTo("400 ms");
  }

  @Test
  void namesTheLimitOfTheRequestWhereThatEndsBeforeThePart() {
    long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
    assertThat(Deadline.of(Duration.ofSeconds(2), TOTAL, end).limitText()).isEqualTo("3 s");
  }

  @Test
  void namesHalfOfTheLimitForTheFirstHalf() {
    Deadline deadline = Deadline.of(TOTAL, TOTAL, System.nanoTime() + TOTAL.toNanos());
    assertThat(deadline.firstHalf().limitText()).isEqualTo("1.5 s");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.001S, 1 ms",
    "PT0.9994S, 999 ms",
    "PT0.9995S, 1 s",
    "PT1.5S, 1.5 s",
    "PT2.984S, 2.984 s",
    "PT10S, 10 s",
    "PT1M, 1 min",
    "PT1M30S, 1 min 30 s",
    "PT1M0.25S, 1 min 0.25 s",
    "PT5M, 5 min"
  })
  void speaksOfTimeAsPeopleDo(Duration duration, String text) {
    assertThat(Deadline.spoken(duration)).isEqualTo(text);
  }
}
