// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How writes to the tables of an account behave: what is one record, which of two values stays, and
 * which times are taken and kept. From the AWS developer guide, "Writes", "Storage" and "Data
 * model"; texts are those that users of Timestream have quoted.
 */
public abstract class AccountTableContract extends AccountTables {

  private static final Series HEAT = series("heat", "site", "a");

  private static final String VALUES =
      "SELECT time, measure_value::double FROM plant.sensors" + " ORDER BY time";

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private List<String> values() {
    return rows(VALUES).stream().map(row -> row.get(1)).toList();
  }

  @Test
  void takesTimesFromTheMemoryRetentionToFifteenMinutesAhead() {
    make(TableProperties.DEFAULT);

    WriteOutcome outcome =
        put(
            point(HEAT, at(-6 * HOUR) - 1, 1),
            point(HEAT, at(-6 * HOUR), 2),
            point(HEAT, at(15 * MINUTE) - 1, 3),
            point(HEAT, at(15 * MINUTE), 4));

    assertThat(outcome.accepted()).isEqualTo(2);
    assertThat(outcome.magnetic()).isZero();
    String text =
        "The record timestamp is outside the time range [2026-03-10T06:00:00.000Z,"
            + " 2026-03-10T12:15:00.000Z) of the data ingestion window.";
    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason, Rejection::message)
        .containsExactly(tuple(0, Reason.TOO_OLD, text), tuple(3, Reason.TOO_NEW, text));
    assertThat(values()).containsExactly("2.0", "3.0");
  }

  @Test
  void takesOlderTimesOnlyWithMagneticWritesAndCountsThem() {
    make(properties(Duration.ofHours(6), Duration.ofDays(2), true));

    WriteOutcome outcome =
        put(
            point(HEAT, at(-2 * DAY) - 1, 1),
            point(HEAT, at(-2 * DAY), 2),
            point(HEAT, at(-6 * HOUR) - 1, 3),
            point(HEAT, at(-6 * HOUR), 4));
    WriteOutcome again = put(point(HEAT, at(-2 * DAY), 2), point(HEAT, at(-6 * HOUR), 4));

    assertThat(outcome.accepted()).isEqualTo(3);
    assertThat(outcome.magnetic())
        .isEqualTo(store().lacks().contains(Capability.COUNTS_BESIDE_REJECTIONS) ? 0 : 2);
    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason)
        .containsExactly(tuple(0, Reason.TOO_OLD));
    assertThat(again.accepted()).isEqualTo(2);
    assertThat(again.magnetic()).isEqualTo(1);
    assertThat(values()).containsExactly("2.0", "3.0", "4.0");

    change(properties(Duration.ofHours(6), Duration.ofDays(2), false));
    assertThat(refused(point(HEAT, at(-DAY), 5)).reason()).isEqualTo(Reason.TOO_OLD);
  }

  @Test
  void keepsTheMemoryRetentionOpenThatIsLongerThanTheMagneticOne() {
    make(properties(Duration.ofHours(72), Duration.ofDays(1), false));

    assertThat(put(point(HEAT, at(-3 * DAY), 1)).accepted()).isEqualTo(1);
    assertThat(values()).containsExactly("1.0");
  }

  @Test
  void neverShowsWhatIsOlderThanItsRetention() {
    make(properties(Duration.ofHours(1), Duration.ofDays(1), true));
    put(point(HEAT, at(-DAY), 1), point(HEAT, at(-HOUR), 2), point(HEAT, at(0), 3));
    assertThat(values()).containsExactly("1.0", "2.0", "3.0");

    store().clock().advance(Duration.ofSeconds(1));
    store().betweenSteps();
    assertThat(values()).containsExactly("2.0", "3.0");

    store().clock().advance(Duration.ofDays(1));
    store().betweenSteps();
    assertThat(values()).isEmpty();
  }

  @Test
  void dropsWhatAShorterRetentionLeavesBehindForGood() {
    make(properties(Duration.ofHours(1), Duration.ofDays(10), true));
    put(point(HEAT, at(-3 * DAY), 1), point(HEAT, at(-DAY), 2), point(HEAT, at(0), 3));

    change(properties(Duration.ofHours(1), Duration.ofDays(2), true));
    assertThat(values()).containsExactly("2.0", "3.0");

    change(properties(Duration.ofHours(1), Duration.ofDays(10), true));
    assertThat(values()).containsExactly("2.0", "3.0");

    // The place is free again, for another value too.
    assertThat(put(point(HEAT, at(-3 * DAY), 7)).accepted()).isEqualTo(1);
    assertThat(values()).containsExactly("7.0", "2.0", "3.0");
  }

  @Test
  void bringsNothingBackThatHadGrownTooOld() {
    make(properties(Duration.ofHours(1), Duration.ofDays(1), true));
    put(point(HEAT, at(-DAY), 1), point(HEAT, at(-DAY + 3_600), 2), point(HEAT, at(0), 3));
    store().clock().advance(Duration.ofMinutes(30));
    store().betweenSteps();

    change(properties(Duration.ofHours(1), Duration.ofDays(30), true));

    assertThat(values()).containsExactly("2.0", "3.0");
    assertThat(put(point(HEAT, at(-DAY), 1)).accepted()).isEqualTo(1);
    assertThat(values()).containsExactly("1.0", "2.0", "3.0");
  }

  @Test
  void doesNotReachBackWhenTheMemoryRetentionGrows() {
    make(properties(Duration.ofHours(1), Duration.ofDays(30), false));

    change(properties(Duration.ofHours(12), Duration.ofDays(30), false));

    assertThat(refused(point(HEAT, at(-HOUR) - 1, 1)).message())
        .isEqualTo(
            "The record timestamp is outside the time range [2026-03-10T11:00:00.000Z,"
                + " 2026-03-10T12:15:00.000Z) of the data ingestion window.");
    store().clock().advance(Duration.ofHours(3));
    assertThat(put(point(HEAT, at(-HOUR), 1)).accepted()).isEqualTo(1);

    // Magnetic writes are open behind it, and counted as such.
    change(properties(Duration.ofHours(12), Duration.ofDays(30), true));
    WriteOutcome outcome = put(point(HEAT, at(-HOUR) - 1, 2), point(HEAT, at(-HOUR) + 1, 3));
    assertThat(outcome.accepted()).isEqualTo(2);
    assertThat(outcome.magnetic()).isEqualTo(1);
  }

  @Test
  void acceptsTheSameRecordAgainAndKeepsOne() {
    make(TableProperties.DEFAULT);
    Series reordered = series("heat", "site", "a", "Zone", "1");
    put(point(HEAT, at(-10), 1), point(series("heat", "Zone", "1", "site", "a"), at(-5), 2));

    WriteOutcome again = put(point(HEAT, at(-10), 1), point(reordered, at(-5), 2));

    assertThat(again.accepted()).isEqualTo(2);
    assertThat(values()).containsExactly("1.0", "2.0");
  }

  @Test
  void rejectsAnotherValueInTheWordsOfTimestream() {
    make(TableProperties.DEFAULT);
    put(point(HEAT, at(-10), 1), point(HEAT, at(-5), 2, 200));

    WriteOutcome outcome =
        put(point(HEAT, at(-10), 7), point(HEAT, at(-5), 8, 2), point(HEAT, at(-1), 9));

    assertThat(outcome.accepted()).isEqualTo(1);
    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason, Rejection::existingVersion)
        .containsExactly(tuple(0, Reason.CONFLICT, 1L), tuple(1, Reason.CONFLICT, 200L));
    assertThat(outcome.rejections().getFirst().message())
        .startsWith(
            "A record already exists with the same time, dimensions, measure name, and record"
                + " version. A higher record version must be specified in order to update the"
                + " measure value.");
    assertThat(outcome.rejections().getLast().message())
        .startsWith(
            "The record version 2 is lower than the existing version 200. A higher version is"
                + " required to update the measure value.");
    assertThat(values()).containsExactly("1.0", "2.0", "9.0");
  }

  @Test
  void overwritesWithAHigherVersionAndRaisesTheVersionOfAnEqualValue() {
    make(TableProperties.DEFAULT);
    put(point(HEAT, at(-10), 1), point(HEAT, at(-5), 5));

    assertThat(put(point(HEAT, at(-10), 2, 3)).rejections()).isEmpty();
    assertThat(put(point(HEAT, at(-10), 2, 9)).rejections()).isEmpty();
    assertThat(refused(point(HEAT, at(-10), 4, 8)).existingVersion()).isEqualTo(9L);
    assertThat(put(point(HEAT, at(-10), 2, 4)).rejections()).isEmpty(); // the value is the same
    assertThat(values()).containsExactly("2.0", "5.0");
    assertThat(rows("SELECT count(*) FROM plant.sensors")).containsExactly(List.of("2"));
  }

  @Test
  void decidesBetweenEqualKeysOfOneBatchInTheirOrder() {
    make(TableProperties.DEFAULT);
    // The column is there, since a store may send the last of the batch alone.
    put(multi(series("state", "site", "a"), at(-20), 1, named("new", 0.0)));

    WriteOutcome outcome =
        put(
            point(HEAT, at(-10), 1),
            point(HEAT, at(-10), 2),
            point(HEAT, at(-10), 1),
            point(HEAT, at(-10), 3, 2),
            point(HEAT, at(-10), 4, 2),
            multi(series("state", "site", "a"), at(-10), 1, named("new", 1.0)),
            multi(series("state", "site", "a"), at(-10), 1, named("new", 2.0)),
            multi(series("state", "site", "a"), at(-10), 2, named("newer", 3.0)));

    assertThat(outcome.accepted()).isEqualTo(5);
    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason)
        .containsExactly(
            tuple(1, Reason.CONFLICT), tuple(4, Reason.CONFLICT), tuple(6, Reason.CONFLICT));
    assertThat(rows("SELECT measure_value::double, new, newer FROM plant.sensors ORDER BY 1, 2"))
        .containsExactly(
            List.of("3.0", "null", "null"),
            List.of("null", "0.0", "null"),
            List.of("null", "null", "3.0"));
  }

  @Test
  void takesTheValuesOfAMultiMeasureAsOneValue() {
    make(TableProperties.DEFAULT);
    Series state = series("state", "site", "a");
    put(multi(state, at(-10), 1, named("cpu", 1.5), named("note", "x"), named("n", 7)));

    assertThat(
            put(multi(state, at(-10), 1, named("n", 7), named("note", "x"), named("cpu", 1.5)))
                .rejections())
        .isEmpty();
    assertThat(refused(multi(state, at(-10), 1, named("cpu", 1.5), named("n", 7))).reason())
        .isEqualTo(Reason.CONFLICT);

    put(multi(state, at(-10), 2, named("cpu", 1.5), named("other", 1)));
    assertThat(rows("SELECT cpu, note, n, other FROM plant.sensors"))
        .containsExactly(List.of("1.5", "null", "null", "1"));
  }

  @Test
  void storesTheRestOfABatchThatHasRejections() {
    make(TableProperties.DEFAULT);
    put(point(HEAT, at(-10), 1));

    WriteOutcome outcome =
        put(
            point(HEAT, at(-8), 2),
            point(HEAT, at(-10), 9),
            point(series("time", "site", "a"), at(-7), 9),
            point(HEAT, at(-6), 3),
            point(HEAT, at(-DAY), 9),
            point(HEAT, at(-5), 4));

    assertThat(outcome.rejections()).extracting(Rejection::index).containsExactly(1, 2, 4);
    assertThat(outcome.accepted()).isEqualTo(3);
    assertThat(values()).containsExactly("1.0", "2.0", "3.0", "4.0");
  }

  @Test
  void keepsNanoseconds() {
    make(TableProperties.DEFAULT);
    put(point(HEAT, at(-10) + 1, 1), point(HEAT, at(-10), 2), point(HEAT, at(-10) + 999, 3));

    assertThat(rows(VALUES))
        .containsExactly(
            List.of(Long.toString(at(-10)), "2.0"),
            List.of(Long.toString(at(-10) + 1), "1.0"),
            List.of(Long.toString(at(-10) + 999), "3.0"));
  }

  @Test
  void requiresTheDimensionOfThePartitionKeyWhileItsEnforcementIsOn() {
    make(withKey(false));
    Series without = series("heat", "room", "1");
    assertThat(put(point(without, at(-10), 1)).accepted()).isEqualTo(1);

    change(withKey(true));
    WriteOutcome outcome =
        put(
            point(without, at(-9), 2),
            point(series("heat", "Site", "a"), at(-9), 3),
            point(HEAT, at(-9), 4));

    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason)
        .containsExactly(tuple(0, Reason.NAME), tuple(1, Reason.NAME));
    assertThat(outcome.rejections().getFirst().message())
        .contains("\"site\"", "partition key", "plant.sensors");
    assertThat(values()).containsExactly("1.0", "4.0");

    change(withKey(false));
    assertThat(put(point(without, at(-8), 5)).accepted()).isEqualTo(1);
  }

  private static TableProperties withKey(boolean required) {
    return new TableProperties(
        Duration.ofHours(6),
        Duration.ofDays(30),
        MagneticWrites.DISABLED,
        new PartitionKey.OfDimension("site", required));
  }

  @Test
  void knowsNoTableThatWasNotMade() {
    for (TableName name :
        List.of(new TableName("plant", "nowhere"), new TableName("nowhere", "sensors"))) {
      assertThatThrownBy(() -> writeTo(name, point(HEAT, at(-1), 1)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }
  }
}
