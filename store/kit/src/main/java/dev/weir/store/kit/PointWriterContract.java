// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.Measure;
import dev.weir.model.Measure.Named;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store promises about writing points. */
public abstract class PointWriterContract extends StoreContract {

  private static final Series UP = series("up", "instance", "a:9100", "job", "node");

  private static final String SAMPLES =
      "SELECT time, measure_value::double FROM weir.contract WHERE measure_name = 'up' ORDER BY"
          + " time";

  @Test
  void storesDoublesBitForBit() {
    double[] values = {
      0.1, -0.0, 0.0, 1e308, Double.MIN_VALUE, -1.7976931348623157E308, 3, 9007199254740993.0
    };
    for (int i = 0; i < values.length; i++) {
      write(point(UP, at(i - 100L), values[i]));
    }

    List<List<String>> rows = rows(SAMPLES);

    assertThat(rows).hasSize(values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(rows.get(i))
          .containsExactly(Long.toString(at(i - 100L)), Double.toString(values[i]));
    }
  }

  @Test
  void acceptsTheSamePointAgainAndKeepsOne() {
    write(point(UP, at(-10), 1), point(UP, at(-5), 2));

    WriteOutcome again = write(point(UP, at(-10), 1), point(UP, at(-5), 2));

    assertThat(again).isEqualTo(new WriteOutcome(2, repeats(2), List.of()));
    assertThat(rows(SAMPLES)).hasSize(2);
  }

  @Test
  void rejectsAnotherValueAtTheSameTime() {
    write(point(UP, at(-10), 1), point(UP, at(-5), 2));

    WriteOutcome outcome = write(point(UP, at(-10), 7), point(UP, at(-5), 8), point(UP, at(-1), 9));

    assertThat(outcome.accepted()).isEqualTo(1);
    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason, Rejection::existingVersion)
        .containsExactly(tuple(0, Reason.CONFLICT, 1L), tuple(1, Reason.CONFLICT, 1L));
    assertThat(rows(SAMPLES)).extracting(row -> row.get(1)).containsExactly("1.0", "2.0", "9.0");
  }

  @Test
  void keepsTheFirstOfTwoValuesInOneBatch() {
    WriteOutcome outcome =
        write(point(UP, at(-10), 1), point(UP, at(-10), 2), point(UP, at(-10), 1));

    assertThat(outcome.accepted()).isEqualTo(2);
    assertThat(outcome.repeated()).isEqualTo(repeats(1));
    assertThat(outcome.rejections()).extracting(Rejection::index).containsExactly(1);
    assertThat(rows(SAMPLES)).extracting(row -> row.get(1)).containsExactly("1.0");
  }

  @Test
  void takesPointsOutOfOrder() {
    write(point(UP, at(-10), 3));
    write(point(UP, at(-30), 1));
    write(point(UP, at(-20), 2), point(UP, at(-40), 0));

    WriteOutcome again = write(point(UP, at(-20), 2), point(UP, at(-30), 1), point(UP, at(-40), 0));

    assertThat(again.repeated()).isEqualTo(repeats(3));
    assertThat(rows(SAMPLES))
        .extracting(row -> row.get(1))
        .containsExactly("0.0", "1.0", "2.0", "3.0");
  }

  @Test
  void takesAHigherVersionAndRefusesALowerOne() {
    write(point(UP, at(-10), 1), point(UP, at(-5), 5));

    WriteOutcome higher = write(point(UP, at(-10), 2, 3));
    WriteOutcome lower = write(point(UP, at(-10), 4, 2));
    WriteOutcome same = write(point(UP, at(-10), 2, 3));

    assertThat(higher.rejections()).isEmpty();
    assertThat(lower.rejections()).hasSize(1);
    assertThat(lower.rejections().getFirst().existingVersion()).isEqualTo(3L);
    assertThat(same.repeated()).isEqualTo(repeats(1));
    assertThat(rows(SAMPLES)).extracting(row -> row.get(1)).containsExactly("2.0", "5.0");
    assertThat(rows("SELECT count(*) FROM weir.contract")).containsExactly(List.of("2"));
  }

  @Test
  void keepsNanoseconds() {
    write(point(UP, at(-10) + 1, 1), point(UP, at(-10), 2), point(UP, at(-10) + 999_999, 3));

    assertThat(rows(SAMPLES))
        .containsExactly(
            List.of(Long.toString(at(-10)), "2.0"),
            List.of(Long.toString(at(-10) + 1), "1.0"),
            List.of(Long.toString(at(-10) + 999_999), "3.0"));
  }

  @Test
  void storesAllSingleTypes() {
    write(
        new Point(series("big"), at(-4), new Measure.OfBigint(Long.MIN_VALUE)),
        new Point(series("text"), at(-3), new Measure.OfVarchar("it's \"ü\"\t\u0000.")),
        new Point(series("flag"), at(-2), new Measure.OfBoolean(true)));

    assertThat(
            rows(
                "SELECT measure_name, measure_value::bigint, measure_value::varchar,"
                    + " measure_value::boolean FROM weir.contract ORDER BY time"))
        .containsExactly(
            List.of("big", "-9223372036854775808", "null", "null"),
            List.of("text", "null", "it's \"ü\"\t\u0000.", "null"),
            List.of("flag", "null", "null", "true"));
  }

  @Test
  void storesMultiMeasuresAndComparesThemAsWholes() {
    Series check = series("check", "site", "a");
    Measure.OfMulti first =
        new Measure.OfMulti(
            List.of(
                new Named("latency", new Measure.OfDouble(0.25)),
                new Named("up", new Measure.OfBoolean(true)),
                new Named("status", new Measure.OfBigint(200))));
    Measure.OfMulti reordered = new Measure.OfMulti(first.values().reversed());
    Measure.OfMulti second =
        new Measure.OfMulti(
            List.of(
                new Named("error", new Measure.OfVarchar("timeout")),
                new Named("seen", new Measure.OfTimestamp(at(-1))),
                new Named("up", new Measure.OfBoolean(false))));
    write(new Point(check, at(-10), first));
    write(new Point(check, at(-5), second));

    WriteOutcome again = write(new Point(check, at(-10), reordered));
    WriteOutcome other = write(new Point(check, at(-10), second));

    assertThat(again.repeated()).isEqualTo(repeats(1));
    assertThat(other.rejections()).extracting(Rejection::reason).containsExactly(Reason.CONFLICT);
    assertThat(rows("SELECT latency, up, status, error, seen FROM weir.contract ORDER BY time"))
        .containsExactly(
            List.of("0.25", "true", "200", "null", "null"),
            List.of("null", "false", "null", "timeout", Long.toString(at(-1))));
  }

  @Test
  void refusesAnotherTypeOfAMeasureName() {
    write(point(UP, at(-10), 1));

    WriteOutcome outcome =
        write(
            new Point(UP, at(-5), new Measure.OfBigint(1)),
            new Point(series("up", "job", "other"), at(-5), new Measure.OfBoolean(true)),
            point(UP, at(-5), 2));

    assertThat(outcome.accepted()).isEqualTo(1);
    assertThat(outcome.rejections())
        .extracting(Rejection::reason)
        .containsExactly(Reason.TYPE, Reason.TYPE);
  }

  @Test
  void refusesWhatIsTooOldOrTooFarAhead() {
    needs(Capability.STEPS_TIME);
    long oldest = at(-RETENTION.toSeconds());
    long newest = at(Duration.ofMinutes(15).toSeconds());

    WriteOutcome outcome =
        write(
            point(UP, oldest - 1_000_000, 1),
            point(UP, oldest, 2),
            point(UP, newest, 3),
            point(UP, newest + 1_000_000, 4));

    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason)
        .containsExactly(tuple(0, Reason.TOO_OLD), tuple(3, Reason.TOO_NEW));
    assertThat(rows(SAMPLES)).hasSize(2);
  }

  @Test
  void hidesWhatHasGrownTooOld() {
    needs(Capability.STEPS_TIME);
    write(point(UP, at(0), 1));
    store().clock().advance(RETENTION.minusSeconds(1));
    assertThat(rows(SAMPLES)).hasSize(1);

    store().clock().advance(Duration.ofSeconds(2));
    store().betweenSteps();

    assertThat(rows(SAMPLES)).isEmpty();
  }

  @Test
  void tellsDimensionsApartByCase() {
    write(point(series("up", "Host", "x"), at(-2), 1), point(series("up", "host", "x"), at(-1), 2));

    assertThat(rows("SELECT \"Host\", \"host\" FROM weir.contract ORDER BY time"))
        .containsExactly(List.of("x", "null"), List.of("null", "x"));
  }

  @Test
  void refusesASeriesOverALimitAndKeepsTheRest() {
    Series longValue = series("up", "path", "x".repeat(2_049));
    Series reserved = series("up", "time", "x");

    WriteOutcome outcome =
        write(point(longValue, at(-2), 1), point(reserved, at(-2), 1), point(UP, at(-2), 1));

    assertThat(outcome.accepted()).isEqualTo(1);
    assertThat(outcome.rejections())
        .extracting(Rejection::reason)
        .containsExactly(Reason.LIMIT, Reason.NAME);
    if (!store().lacks().contains(Capability.HAS_OWN_LIMITS)) {
      assertThat(outcome.rejections().getFirst().message()).contains("path", "2049", "2048");
    }
  }

  @Test
  void knowsNoTableThatWasNotMade() {
    assertThatThrownBy(() -> writeTo(new TableName("weir", "nowhere"), point(UP, at(-1), 1)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void keepsTablesApart() {
    TableName other = new TableName("weir", "other");
    store().tables().createIfMissing(other, TableRules.own(RETENTION));
    write(point(UP, at(-10), 1));
    writeTo(other, point(UP, at(-10), 2));

    assertThat(rows(SAMPLES)).extracting(row -> row.get(1)).containsExactly("1.0");
    assertThat(rows(SAMPLES.replace("weir.contract", "weir.other")))
        .extracting(row -> row.get(1))
        .containsExactly("2.0");
  }
}
