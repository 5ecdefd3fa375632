// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.prometheus.Doors;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names at their limits, values that are not finite, and samples that meet in one request. */
class NamesAndValuesTest {

  private static final RemoteWriteOptions DEFAULTS = RemoteWriteOptions.defaults();

  @Test
  void takesALabelNameOf60BytesAndDropsOneOf61() {
    Doors doors = new Doors();
    assertThat(doors.write(series("__name__", "up", "a".repeat(60), "x")).status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.write(series("__name__", "up", "a".repeat(61), "x")).status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.lastWrite().dropped()).isEqualTo(Map.of(Reason.LONG_NAME, 1));
    assertThat(doors.warnings).hasSize(1);
  }

  @Test
  void measuresLabelNamesInUtf8AfterMapping() {
    Doors doors = new Doors();
    doors.write(series("__name__", "up", "ü".repeat(30), "x"));
    assertThat(doors.store.points()).hasSize(1);
    doors.write(series("__name__", "up", "ts_" + "a".repeat(53), "x"));
    assertThat(doors.lastWrite().dropped()).isEqualTo(Map.of(Reason.LONG_NAME, 1));
    assertThat(doors.store.points()).hasSize(1);
  }

  @Test
  void refusesLongNamesWhereItIsToldTo() {
    Doors doors = new Doors(DEFAULTS.withFailOnLongLabel(true));
    var answer = doors.write(series("__name__", "up", "a".repeat(61), "x"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("has 61 bytes in Timestream; the limit is 60");
    assertThat(doors.write(series("__name__", "m".repeat(257))).status()).isEqualTo(400);
    assertThat(doors.write(series("__name__", "up")).status()).isEqualTo(204);
  }

  @Test
  void takesAMetricNameOf256BytesAndDropsOneOf257() {
    Doors doors = new Doors();
    assertThat(doors.write(series("__name__", "m".repeat(256))).status()).isEqualTo(204);
    assertThat(doors.write(series("__name__", "m".repeat(257))).status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.lastWrite().dropped()).isEqualTo(Map.of(Reason.LONG_NAME, 1));
  }

  @Test
  void keepsFiniteValuesOfAMetricNameThatIsTooLongForBits() {
    Doors doors = new Doors();
    String metric = "m".repeat(252);
    doors.write(
        new WriteRequestEncoder()
            .series("__name__", metric)
            .sample(T, 1)
            .sample(T + 1, Double.NaN)
            .series("__name__", "m".repeat(251))
            .sample(T, Double.NaN));
    assertThat(doors.lastWrite().status()).isEqualTo(204);
    assertThat(doors.lastWrite().dropped()).isEqualTo(Map.of(Reason.NON_FINITE, 1));
    assertThat(doors.store.points()).hasSize(2);
  }

  @Test
  void refusesAMetricNameThatEndsLikeOurOwn() {
    Doors doors = new Doors();
    var answer = doors.write(series("__name__", "up~bits"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("~bits");
  }

  @Test
  void mapsNamesThatTimestreamForbids() {
    Doors doors = new Doors();
    doors.write(series("__name__", "time", "time", "x", "a:b", "y", "weir_c", "z"));
    assertThat(doors.store.points().getFirst().series().toString())
        .isEqualTo("weir_time{aweir_3A_b=\"y\",weir_time=\"x\",weir_weir_c=\"z\"}");
  }

  @Test
  void dropsWhatIsNotFiniteWhereItIsToldTo() {
    Doors doors = new Doors(DEFAULTS.withNonFiniteSamples(NonFiniteSamples.DROP));
    var answer =
        doors.write(
            new WriteRequestEncoder()
                .series("__name__", "up")
                .sample(T, Double.NaN)
                .sample(T + 1, 1)
                .sample(T + 2, Double.NEGATIVE_INFINITY));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.lastWrite().dropped()).isEqualTo(Map.of(Reason.NON_FINITE, 2));
  }

  @Test
  void refusesWhatIsNotFiniteWhereItIsToldToWhateverElseIsSaid() {
    for (NonFiniteSamples what : NonFiniteSamples.values()) {
      Doors doors =
          new Doors(DEFAULTS.withFailOnInvalidSampleValue(true).withNonFiniteSamples(what));
      var answer =
          doors.write(
              new WriteRequestEncoder()
                  .series("__name__", "up")
                  .sample(T, Double.NaN)
                  .sample(T + 1, 1));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(doors.store.points()).hasSize(1);
    }
  }

  @Test
  void refusesTheSecondOfTwoValuesAtOneTimeInOneRequest() {
    Doors doors = new Doors();
    var answer =
        doors.write(
            new WriteRequestEncoder()
                .series("__name__", "up")
                .sample(T, 1)
                .sample(T, 2)
                .series("__name__", "up")
                .sample(T, 3));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("stored 1 of 3", "two values in one request");
    assertThat(doors.store.points()).hasSize(1);
    assertThat(doors.store.points().getFirst().measure().toString()).contains("1.0");
  }

  @Test
  void takesTheSameValueTwiceInOneRequest() {
    Doors doors = new Doors();
    var answer =
        doors.write(
            new WriteRequestEncoder()
                .series("__name__", "up")
                .sample(T, 1)
                .series("__name__", "up")
                .sample(T, 1)
                .sample(T + 1, Double.NaN)
                .sample(T + 1, Double.NaN));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(doors.store.points()).hasSize(2);
    assertThat(doors.lastWrite().stored()).isEqualTo(4);
  }

  @Test
  void refusesAFiniteValueBesideOneThatIsNotInOneRequest() {
    Doors doors = new Doors();
    var answer =
        doors.write(
            new WriteRequestEncoder().series("__name__", "up").sample(T, Double.NaN).sample(T, 1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(doors.store.points()).hasSize(1);
  }

  @Test
  void keepsAFiniteValueBesideOneThatIsNotOfTwoRequestsAndTheFiniteOneWins() {
    Doors doors = new Doors();
    assertThat(
            doors
                .write(new WriteRequestEncoder().series("__name__", "up").sample(T, Double.NaN))
                .status())
        .isEqualTo(204);
    assertThat(
            doors.write(new WriteRequestEncoder().series("__name__", "up").sample(T, 1)).status())
        .isEqualTo(204);
    assertThat(doors.store.points()).hasSize(2);
    assertThat(doors.read(0, T, new Remote.Matcher(0, "__name__", "up")).getFirst().samples())
        .containsExactly(Remote.Sample.of(T, 1));
  }

  private static WriteRequestEncoder series(String... labels) {
    return new WriteRequestEncoder().series(labels).sample(T, 1);
  }
}
