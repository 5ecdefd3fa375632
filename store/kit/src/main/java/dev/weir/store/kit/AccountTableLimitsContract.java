// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.Measure;
import dev.weir.model.Measure.Named;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.WriteOutcome;
import dev.weir.store.administration.TableProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Limits, names and types of the tables of an account: AWS developer guide, "Quotas", "Naming
 * constraints" and "Writes".
 */
public abstract class AccountTableLimitsContract extends AccountTables {

  private static final int POINTS_PER_WRITE = 100;

  @BeforeEach
  void makeSensors() {
    make(TableProperties.DEFAULT);
  }

  private Rejection refusedFor(Reason reason, Point point) {
    Rejection rejection = refused(point);
    assertThat(rejection.reason()).as(rejection.message()).isEqualTo(reason);
    return rejection;
  }

  private void taken(Point... points) {
    assertThat(put(points).rejections()).isEmpty();
  }

  private static String[] dimensions(int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .flatMap(i -> List.of("d" + i, "v").stream())
        .toArray(String[]::new);
  }

  @Test
  void takes128DimensionsInATable() {
    taken(
        point(series("heat", dimensions(0, 128)), at(-9), 1),
        point(series("heat", dimensions(5, 120)), at(-9), 1));

    Rejection rejection =
        refusedFor(Reason.LIMIT, point(series("heat", dimensions(127, 129)), at(-9), 1));
    assertThat(rejection.message()).contains("129 dimensions", "128");
    taken(point(series("heat", dimensions(127, 128)), at(-8), 1));
  }

  @Test
  void takes8192MeasureNamesInATable() {
    for (int from = 0; from < 8_192; from += POINTS_PER_WRITE) {
      List<Point> points = new ArrayList<>();
      for (int i = from; i < Math.min(from + POINTS_PER_WRITE, 8_192); i++) {
        points.add(point(series("m" + i), at(-9), i));
      }
      store().writer().write(SENSORS, PointBatch.of(points), deadline());
    }
    store().betweenSteps();

    Rejection rejection = refusedFor(Reason.LIMIT, point(series("m8192"), at(-9), 1));
    assertThat(rejection.message()).contains("8192 measure names");
    refusedFor(Reason.LIMIT, multi(series("other"), at(-9), 1, named("value", 1)));
    taken(point(series("m8191", "site", "a"), at(-8), 1));
    assertThat(rows("SELECT count(*) FROM plant.sensors")).containsExactly(List.of("8193"));
  }

  private static Named[] columns(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> named("c" + i, i)).toArray(Named[]::new);
  }

  @Test
  void takes256MeasuresInAMultiRecordAnd1024InATable() {
    needs(Capability.TAKES_LARGE_RECORDS);
    Rejection tooMany = refusedFor(Reason.LIMIT, multi(series("s"), at(-9), 1, columns(0, 257)));
    assertThat(tooMany.message()).contains("257", "256");
    for (int i = 0; i < 4; i++) {
      taken(multi(series("s"), at(-9 + i), 1, columns(i * 256, i * 256 + 256)));
    }

    Rejection full = refusedFor(Reason.LIMIT, multi(series("s"), at(-2), 1, columns(1_023, 1_025)));
    assertThat(full.message()).contains("1025 multi measures", "1024");
    taken(multi(series("s"), at(-2), 1, columns(1_000, 1_024)));
  }

  @Test
  void takesDimensionNamesOf60BytesAndMeasureNamesOf256() {
    taken(
        point(series("heat", "d".repeat(60), "v"), at(-9), 1),
        point(series("heat", "ü".repeat(30), "v"), at(-9), 1),
        point(series("m".repeat(256)), at(-9), 1),
        point(series("ü".repeat(128)), at(-9), 1),
        multi(series("s"), at(-9), 1, named("c".repeat(256), 1)));

    refusedFor(Reason.LIMIT, point(series("heat", "d".repeat(61), "v"), at(-9), 1));
    refusedFor(Reason.LIMIT, point(series("m".repeat(257)), at(-9), 1));
    refusedFor(Reason.LIMIT, multi(series("s"), at(-8), 1, named("c".repeat(257), 1)));
    assertThat(refusedFor(Reason.LIMIT, point(series("heat", "ü".repeat(31), "v"), at(-9), 1)))
        .extracting(Rejection::message)
        .asString()
        .contains("62 bytes", "60");
  }

  @Test
  void takesSeriesOf2048Bytes() {
    needs(Capability.TAKES_LARGE_RECORDS);
    taken(
        point(series("heat", "name", "v".repeat(2_044)), at(-9), 1),
        point(series("heat", "name", "ü".repeat(1_000), "more", "v".repeat(40)), at(-9), 1));

    refusedFor(Reason.LIMIT, point(series("heat", "name", "v".repeat(2_045)), at(-9), 1));
    Rejection rejection =
        refusedFor(
            Reason.LIMIT,
            point(series("heat", "name", "ü".repeat(1_000), "more", "v".repeat(41)), at(-9), 1));
    assertThat(rejection.message()).contains("2049 bytes", "2048");
  }

  @Test
  void takesValuesOf2048Bytes() {
    needs(Capability.TAKES_LARGE_RECORDS);
    String longest = "ü".repeat(1_024);
    Series text = series("text");
    taken(
        new Point(text, at(-9), new Measure.OfVarchar(longest)),
        multi(series("s"), at(-9), 1, named("note", longest)),
        multi(series("s"), at(-8), 1, named("note", longest.substring(4)), named("n", 1)));

    refusedFor(Reason.LIMIT, new Point(text, at(-7), new Measure.OfVarchar(longest + "ü")));
    refusedFor(Reason.LIMIT, multi(series("s"), at(-7), 1, named("note", longest + "ü")));
    Rejection sum =
        refusedFor(
            Reason.LIMIT,
            multi(series("s"), at(-7), 1, named("note", longest.substring(3)), named("n", 1)));
    assertThat(sum.message()).contains("2050 bytes", "2048");
  }

  @Test
  void refusesNamesOfTheSystem() {
    List<String> reserved =
        List.of(
            "time",
            "measure_value",
            "measure_value::double",
            "measure_values",
            "ts_non_existent_col",
            "ts_x",
            "measure_name",
            "measure_name_2");
    for (String name : reserved) {
      refusedFor(Reason.NAME, point(series("heat", name, "v"), at(-9), 1));
      refusedFor(Reason.NAME, point(series(name), at(-9), 1));
      refusedFor(Reason.NAME, multi(series("s"), at(-9), 1, named(name, 1)));
    }
    refusedFor(Reason.NAME, point(series("heat", "a:b", "v"), at(-9), 1));
    taken(
        point(series("a:b", "Time", "v", "ts", "v", "measure", "v"), at(-9), 1),
        multi(series("s"), at(-9), 1, named("TIME", 1), named("x:y", 2)));
    assertThat(store().catalog().describe(SENSORS).orElseThrow().dimensionNames())
        .containsExactly("Time", "measure", "ts");
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    taken(
        point(series("heat", "site", "a"), at(-9), 1),
        multi(series("s", "site", "a"), at(-9), 1, named("load", 1)));

    refusedFor(Reason.NAME, point(series("heat", "load", "a"), at(-8), 1));
    refusedFor(Reason.NAME, multi(series("s"), at(-8), 1, named("site", 1)));
    refusedFor(Reason.NAME, multi(series("s", "both", "x"), at(-8), 1, named("both", 1)));
    taken(
        point(series("load", "Load", "a"), at(-8), 1),
        point(series("site", "site", "a"), at(-8), 1));
  }

  @Test
  void tellsNamesApartByCase() {
    taken(
        point(series("heat", "Host", "x"), at(-9), 1),
        point(series("heat", "host", "x"), at(-8), 2),
        point(series("Heat", "host", "x"), at(-8), 3),
        multi(series("s", "host", "x"), at(-7), 1, named("Cpu", 1), named("cpu", "text")));

    assertThat(
            rows(
                "SELECT measure_name, \"Host\", \"host\", measure_value::double, \"Cpu\", \"cpu\""
                    + " FROM plant.sensors ORDER BY time, measure_name"))
        .containsExactly(
            List.of("heat", "x", "null", "1.0", "null", "null"),
            List.of("Heat", "null", "x", "3.0", "null", "null"),
            List.of("heat", "null", "x", "2.0", "null", "null"),
            List.of("s", "null", "x", "null", "1", "text"));
  }

  @Test
  void fixesTheTypeOfAMeasureByItsFirstRecord() {
    Series heat = series("heat", "site", "a");
    taken(
        point(heat, at(-9), 1),
        multi(series("s"), at(-9), 1, named("load", 1.5), named("note", "x")));

    WriteOutcome outcome =
        put(
            new Point(heat, at(-8), new Measure.OfBigint(1)),
            new Point(series("heat", "site", "b"), at(-8), new Measure.OfVarchar("1")),
            multi(series("heat", "site", "c"), at(-8), 1, named("load", 1.5)),
            point(series("s"), at(-8), 1),
            multi(series("s"), at(-8), 1, named("load", 1)),
            point(heat, at(-8), 2));

    assertThat(outcome.accepted()).isEqualTo(1);
    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::reason)
        .containsExactly(
            tuple(0, Reason.TYPE),
            tuple(1, Reason.TYPE),
            tuple(2, Reason.TYPE),
            tuple(3, Reason.TYPE),
            tuple(4, Reason.TYPE));
    assertThat(outcome.rejections().getFirst().message())
        .contains("\"heat\" already has an assigned type DOUBLE");
    assertThat(outcome.rejections().getLast().message())
        .contains("\"load\"")
        .endsWith(
            "Each multi measure name can have only one measure value type and cannot be changed.");
  }

  @Test
  void leavesNothingBehindOfARefusedRecord() {
    taken(multi(series("s", "site", "a"), at(-9), 1, named("load", 1.5)));
    refusedFor(
        Reason.TYPE,
        multi(series("s", "rack", "1"), at(-8), 1, named("fresh", 1), named("load", 1)));
    refusedFor(Reason.CONFLICT, multi(series("s", "site", "a"), at(-9), 1, named("fresh", 1)));
    refusedFor(Reason.NAME, multi(series("other", "rack", "1"), at(-9), 1, named("time", 1)));

    assertThat(store().catalog().describe(SENSORS).orElseThrow().columns())
        .extracting(column -> column.name())
        .containsExactly("site", "measure_name", "time", "load");
    // Neither the name nor its type is taken.
    taken(
        multi(series("s", "site", "a"), at(-7), 1, named("fresh", "text")),
        point(series("other", "rack", "1"), at(-7), 1));
  }
}
