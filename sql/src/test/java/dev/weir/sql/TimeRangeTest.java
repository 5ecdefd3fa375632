// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.NOW_NANOS;
import static dev.weir.sql.Texts.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Relation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeRangeTest {

  private static final long MINUTE = 60_000_000_000L;

  @Test
  void comparisonsBoundIt() {
    assertThat(range("time > ago(15m)"))
        .isEqualTo(new TimeRange(NOW_NANOS - 15 * MINUTE + 1, Long.MAX_VALUE));
    assertThat(range("from_nanoseconds(7) >= time AND 3 < 4 AND time >= from_nanoseconds(5)"))
        .isEqualTo(new TimeRange(5, 7));
    assertThat(range("time = from_milliseconds(9)")).isEqualTo(new TimeRange(9_000_000, 9_000_000));
    assertThat(range("time < from_unixtime(1.5)"))
        .isEqualTo(new TimeRange(Long.MIN_VALUE, 1_499_999_999));
  }

  @Test
  void textMeansATimestamp() {
    assertThat(range("time BETWEEN '1970-01-01' AND '1970-01-01 00:00:01.000000002'"))
        .isEqualTo(new TimeRange(0, 1_000_000_002));
    assertThat(range("time >= TIMESTAMP '1970-01-02 00:00:00'"))
        .isEqualTo(new TimeRange(24 * 60 * MINUTE, Long.MAX_VALUE));
  }

  @Test
  void nowArithmeticIsFolded() {
    assertThat(range("time >= now() - 1h + 30m AND time <= date_trunc('day', now())"))
        .isEqualTo(new TimeRange(NOW_NANOS - 30 * MINUTE, 1_795_219_200_000_000_000L));
    assertThat(range("time >= date_add('minute', -1, now())").fromNanos())
        .isEqualTo(NOW_NANOS - MINUTE);
  }

  @Test
  void disjunctionsGiveTheHull() {
    assertThat(
            range(
                "time = from_nanoseconds(3) OR (time > from_nanoseconds(7) AND"
                    + " time < from_nanoseconds(9))"))
        .isEqualTo(new TimeRange(3, 8));
    assertThat(range("time = from_nanoseconds(3) OR job = 'x'")).isEqualTo(TimeRange.ALL);
    assertThat(range("time IN (from_nanoseconds(4), from_nanoseconds(2))"))
        .isEqualTo(new TimeRange(2, 4));
  }

  @Test
  void binsAreAsWideAsTheirWidth() {
    assertThat(range("bin(time, 1m) = from_nanoseconds(" + MINUTE + ")"))
        .isEqualTo(new TimeRange(MINUTE, 2 * MINUTE - 1));
  }

  @Test
  void contradictionsAndNullsAreEmpty() {
    assertThat(range("time > from_nanoseconds(3) AND time < from_nanoseconds(2)").isEmpty())
        .isTrue();
    assertThat(range("time > NULL").isEmpty()).isTrue();
  }

  @Test
  void negationImpliesNothing() {
    assertThat(range("NOT (time > from_nanoseconds(3))")).isEqualTo(TimeRange.ALL);
    assertThat(range("time <> from_nanoseconds(3)")).isEqualTo(TimeRange.ALL);
  }

  @Test
  void aRangeIsExactWhenTheConditionSaysNothingElse() {
    assertThat(exactly("time > ago(15m)")).isPresent();
    assertThat(exactly("from_nanoseconds(5) = time")).contains(new TimeRange(5, 5));
    assertThat(exactly("time BETWEEN from_nanoseconds(5) AND from_nanoseconds(7)"))
        .contains(new TimeRange(5, 7));
    assertThat(exactly("time <> now()")).isEmpty();
    assertThat(exactly("time IN (now(), ago(1h))")).isEmpty();
    assertThat(exactly("bin(time, 1m) = from_nanoseconds(0)")).isEmpty();
    assertThat(exactly("time > now() AND job = 'x'")).isEmpty();
  }

  @Test
  void theEndsOfTimeDoNotWrapRound() {
    assertThat(range("time > from_nanoseconds(9223372036854775807)").isEmpty()).isTrue();
    assertThat(range("bin(time, 1d) <= from_nanoseconds(9223372036854775807)"))
        .isEqualTo(TimeRange.ALL);
  }

  @Test
  void timesOfOtherTablesDoNotCount() {
    Body.Select select =
        select("SELECT 1 FROM weir.prometheus a, plant.sensors b WHERE b.time > now()");
    Relation.Join join = (Relation.Join) select.from();

    assertThat(TimeRange.implied(select.where(), (Relation.BaseTable) join.left()))
        .isEqualTo(TimeRange.ALL);
    assertThat(TimeRange.implied(select.where(), (Relation.BaseTable) join.right()).fromNanos())
        .isEqualTo(NOW_NANOS + 1);
  }

  private static TimeRange range(String condition) {
    Body.Select select = select("SELECT 1 FROM weir.prometheus WHERE " + condition);
    return TimeRange.implied(select.where(), (Relation.BaseTable) select.from());
  }

  private static Optional<TimeRange> exactly(String condition) {
    Body.Select select = select("SELECT 1 FROM weir.prometheus WHERE " + condition);
    return TimeRange.exactly(select.where(), (Relation.BaseTable) select.from());
  }
}
