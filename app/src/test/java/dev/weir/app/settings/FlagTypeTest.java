// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagTypeTest {

  @ParameterizedTest
  @CsvSource({
    "0s,PT0S",
    "15s,PT15S",
    "1h30m,PT1H30M",
    "365d,P365D",
    "2w,P14D",
    "1y,P365D",
    "100ms,PT0.1S"
  })
  void readsDurations(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "1h 30m", "-1d", "1.5h", "1hour", "1d!", "9999999999d"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesDurationsAsAPersonWould() {
    assertThat(Durations.format(Duration.ofHours(1))).isEqualTo("1h");
    assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(Durations.format(Duration.ZERO)).isEqualTo("0s");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "17,17", "17B,17", "1KiB,1024", "64MiB,67108864", "2GiB,2147483648"})
  void readsSizes(String text, long bytes) {
    assertThat(FlagType.SIZE.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "64 MiB", "64MB", "1.5GiB", "9999999GiB"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> FlagType.SIZE.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
