// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Measure.Named;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each point stands between two good ones, which are sent whatever becomes of it. */
class RecordRulesTest {

  private static final long T = 1_700_000_000_123_000_000L;
  private static final Point GOOD =
      new Point(Series.of("up", List.of()), T, new Measure.OfDouble(1));
  private static final Point ALSO_GOOD =
      new Point(Series.of("up", List.of()), T + 1, new Measure.OfDouble(1));

  private static CallPacker.Packing packed(Point point) {
    return CallPacker.pack(CallPackerTest.TABLE, PointBatch.of(List.of(GOOD, point, ALSO_GOOD)));
  }

  private static int sent(CallPacker.Packing packing) {
    return packing.calls().stream().mapToInt(PackedCall::size).sum();
  }

  private static void taken(Point point) {
    CallPacker.Packing packing = packed(point);
    assertThat(packing.rejections()).isEmpty();
    assertThat(sent(packing)).isEqualTo(3);
  }

  private static String refused(Reason reason, Point point) {
    CallPacker.Packing packing = packed(point);
    assertThat(packing.rejections()).hasSize(1);
    assertThat(sent(packing)).isEqualTo(2);
    Rejection rejection = packing.rejections().getFirst();
    assertThat(rejection.index()).isEqualTo(1);
    assertThat(rejection.reason()).as(rejection.message()).isEqualTo(reason);
    return rejection.message();
  }

  private static Point point(String measureName, Dimension... dimensions) {
    return new Point(Series.of(measureName, List.of(dimensions)), T, new Measure.OfDouble(1));
  }

  private static Point value(Measure value) {
    return new Point(Series.of("m", List.of()), T, value);
  }

  @Test
  void takes128Dimensions() {
    Dimension[] dimensions =
        IntStream.range(0, 129)
            .mapToObj(i -> new Dimension("d" + i, "v"))
            .toArray(Dimension[]::new);

    taken(point("heat", java.util.Arrays.copyOf(dimensions, 128)));
    assertThat(refused(Reason.LIMIT, point("heat", dimensions)))
        .contains("heat{d0=", "129 dimensions", "128");
  }

  @Test
  void takesDimensionNamesOf60BytesAndMeasureNamesOf256() {
    taken(point("heat", new Dimension("d".repeat(60), "v")));
    taken(point("heat", new Dimension("ü".repeat(30), "v")));
    taken(point("m".repeat(256)));

    assertThat(refused(Reason.LIMIT, point("heat", new Dimension("ü".repeat(31), "v"))))
        .contains("62 bytes", "60", "series heat{");
    assertThat(refused(Reason.LIMIT, point("m".repeat(257)))).contains("257 bytes", "256");
  }

  @Test
  void takesDimensionsOf2048Bytes() {
    taken(point("heat", new Dimension("name", "v".repeat(2_044))));

    assertThat(refused(Reason.LIMIT, point("heat", new Dimension("name", "v".repeat(2_045)))))
        .contains("heat{name=", "2049 bytes", "2048");
    assertThat(refused(Reason.LIMIT, point("heat", new Dimension("path", "v".repeat(2_049)))))
        .contains("\"path\"", "2049 bytes", "2048");
  }

  @Test
  void takesValuesOf2048Bytes() {
    String longest = "ü".repeat(1_024);
    taken(value(new Measure.OfVarchar(longest)));
    taken(value(multi(new Named("note", new Measure.OfVarchar(longest)))));

    assertThat(refused(Reason.LIMIT, value(new Measure.OfVarchar(longest + "x"))))
        .contains("series m{}", "2049 bytes", "2048");
    assertThat(
            refused(
                Reason.LIMIT,
                value(
                    multi(
                        new Named("note", new Measure.OfVarchar(longest)),
                        new Named("n", new Measure.OfBigint(1))))))
        .contains("2056 bytes", "2048");
  }

  @Test
  void takes256ValuesInAMulti() {
    List<Named> values = new ArrayList<>();
    for (int i = 0; i < 257; i++) {
      values.add(new Named("c" + i, new Measure.OfBoolean(true)));
    }

    taken(value(new Measure.OfMulti(values.subList(0, 256))));
    assertThat(refused(Reason.LIMIT, value(new Measure.OfMulti(values)))).contains("257", "256");
  }

  private static Measure.OfMulti multi(Named... values) {
    return new Measure.OfMulti(List.of(values));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time",
        "measure_value",
        "ts_non_existent_col",
        "ts_x",
        "measure_name",
        "measure_name_2"
      })
  void refusesNamesOfTheSystem(String name) {
    assertThat(refused(Reason.NAME, point(name))).contains(name, "reserved");
    refused(Reason.NAME, point("heat", new Dimension(name, "v")));
    refused(Reason.NAME, value(multi(new Named(name, new Measure.OfBigint(1)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Time", "ts", "times", "measure", "a:b"})
  void takesNamesThatOnlyLookLikeThose(String name) {
    taken(point(name));
    taken(point("heat", new Dimension(name, "v")));
  }

  @Test
  void refusesHalvesOfSurrogatePairs() {
    refused(Reason.NAME, point("m\uD83D"));
    refused(Reason.NAME, point("heat", new Dimension("n", "v\uD83D")));
    refused(Reason.NAME, point("heat", new Dimension("\uDE80", "v")));
    refused(Reason.NAME, value(new Measure.OfVarchar("\uDE80")));
  }

  @Test
  void refusesAMeasureWithTheNameOfADimension() {
    Point both =
        new Point(
            Series.of("s", List.of(new Dimension("both", "x"))),
            T,
            multi(new Named("both", new Measure.OfBigint(1))));

    assertThat(refused(Reason.NAME, both)).contains("both", "dimension");
  }

  @Test
  void sendsARecordOver2KibAltogetherInACallOfItsOwn() {
    Point large =
        new Point(
            Series.of("note", List.of(new Dimension("d", "v".repeat(1_500)))),
            T,
            new Measure.OfVarchar("x".repeat(600)));

    CallPacker.Packing packing = packed(large);

    assertThat(packing.rejections()).isEmpty();
    assertThat(packing.calls()).extracting(PackedCall::size).contains(1);
    PackedCall alone =
        packing.calls().stream().filter(call -> call.batchIndex(0) == 1).findFirst().orElseThrow();
    assertThat(alone.size()).isEqualTo(1);
  }
}
