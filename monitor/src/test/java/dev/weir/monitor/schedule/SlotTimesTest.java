// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.SiteKey;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotTimesTest {

  private static final long NOW = SlotTimes.epochNanos(Instant.parse("2026-11-22T08:00:00Z"));
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void offsetsAreTheSameInEveryProcessAndVersion() {
    assertThat(offsetMillis("default", "cujosite", "eu-west-1", TEN)).isEqualTo(7_477);
    assertThat(offsetMillis("default", "cujosite", "us-east-1", TEN)).isEqualTo(3_422);
    assertThat(offsetMillis("acme", "cujosite", "eu-west-1", Duration.ofMinutes(1)))
        .isEqualTo(51_357);
  }

  @Test
  void slotsAreOffsetPlusWholeIntervals() {
    SlotTimes times = SlotTimes.of(new SiteKey("default", "a"), "eu-west-1", TEN);
    long next = times.nextAfter(NOW);
    assertThat(next).isGreaterThan(NOW).isLessThanOrEqualTo(NOW + TEN.toNanos());
    assertThat(next % TEN.toNanos()).isEqualTo(times.offsetNanos());
    assertThat(next % 1_000_000).isZero();
    assertThat(times.nextAfter(next - 1)).isEqualTo(next);
    assertThat(times.nextAfter(next)).isEqualTo(next + TEN.toNanos());
    assertThat(times.latestAt(next)).isEqualTo(next);
    assertThat(times.latestAt(next - 1)).isEqualTo(next - TEN.toNanos());
  }

  @Test
  void sitesAreSpreadOverTheirInterval() {
    int[] tenths = new int[100];
    IntStream.range(0, 5_000)
        .forEach(
            i -> tenths[(int) (offsetMillis("default", "site-" + i, "eu-west-1", TEN) / 100)]++);
    // 50 each on average; a herd would be all 5,000 in one.
    assertThat(IntStream.of(tenths).boxed()).allMatch(count -> count > 15 && count < 95);
  }

  @Test
  void momentsKeepTheirNanoseconds() {
    Instant moment = Instant.parse("2026-11-22T08:00:00.123456789Z");
    assertThat(SlotTimes.instant(SlotTimes.epochNanos(moment))).isEqualTo(moment);
  }

  @Test
  void refusesAnOffsetOutsideOfTheInterval() {
    assertThatThrownBy(() -> new SlotTimes(1_000_000, 1_000_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000000 ns");
  }

  private static long offsetMillis(String customer, String id, String region, Duration interval) {
    return SlotTimes.of(new SiteKey(customer, id), region, interval).offsetNanos() / 1_000_000;
  }
}
