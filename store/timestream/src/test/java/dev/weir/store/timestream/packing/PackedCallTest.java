// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Measure.Named;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedCallTest {

  private static final long SECOND = 1_700_000_000_000_000_000L;

  private static Series cpu(String cpu) {
    return Series.of(
        "node_cpu_seconds_total",
        List.of(new Dimension("cpu", cpu), new Dimension("instance", "a:9100")));
  }

  private static Point point(Series series, long epochNanos, double value) {
    return new Point(series, epochNanos, new Measure.OfDouble(value));
  }

  private static PackedCall only(Point... points) {
    List<PackedCall> calls =
        CallPacker.pack(CallPackerTest.TABLE, PointBatch.of(List.of(points))).calls();
    assertThat(calls).hasSize(1);
    return calls.getFirst();
  }

  private static String body(PackedCall call) {
    return new String(call.body(), StandardCharsets.UTF_8);
  }

  @Test
  void writesWhatRecordsShareOnce() {
    PackedCall call =
        only(point(cpu("0"), SECOND + 5_000_000, 1.5), point(cpu("1"), SECOND + 5_000_000, 7));

    assertThat(body(call))
        .isEqualTo(
            """
            {"DatabaseName":"plant","TableName":"sensors","CommonAttributes":{\
            "MeasureName":"node_cpu_seconds_total","Time":"1700000000005",\
            "Dimensions":[{"Name":"instance","Value":"a:9100"}],\
            "MeasureValueType":"DOUBLE","TimeUnit":"MILLISECONDS"},"Records":[\
            {"Dimensions":[{"Name":"cpu","Value":"0"}],"MeasureValue":"1.5"},\
            {"Dimensions":[{"Name":"cpu","Value":"1"}],"MeasureValue":"7.0"}]}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0, SECONDS, 1700000000",
    "1000000, MILLISECONDS, 1700000000001",
    "1000, MICROSECONDS, 1700000000000001",
    "1, NANOSECONDS, 1700000000000000001"
  })
  void writesTimesInTheCoarsestUnitThatLosesNothing(long nanos, String unit, String time) {
    Map<String, Object> common =
        Expander.expand(only(point(cpu("0"), SECOND + nanos, 1)).body()).common();

    assertThat(common).containsEntry("TimeUnit", unit).containsEntry("Time", time);
  }

  @Test
  void oneFineTimeMakesTheWholeCallFine() {
    PackedCall call = only(point(cpu("0"), SECOND, 1), point(cpu("0"), SECOND + 1, 1));

    assertThat(Expander.expand(call.body()).common())
        .containsEntry("TimeUnit", "NANOSECONDS")
        .doesNotContainKey("Time");
  }

  @Test
  void writesTimestampsAndTheirTimeInNanoseconds() {
    Point seen =
        new Point(
            Series.of("check", List.of()),
            SECOND,
            new Measure.OfMulti(List.of(new Named("seen", new Measure.OfTimestamp(SECOND + 7)))));

    assertThat(body(only(seen)))
        .contains("\"Time\":\"1700000000000000000\"", "NANOSECONDS", "\"1700000000000000007\"");
  }

  @Test
  void omitsVersionsOfOne() {
    assertThat(body(only(point(cpu("0"), SECOND, 1)))).doesNotContain("Version");
    Point second = new Point(cpu("0"), SECOND, new Measure.OfDouble(1), 2);
    Point third = new Point(cpu("1"), SECOND, new Measure.OfDouble(1), 2);
    Point first = point(cpu("2"), SECOND, 1);

    assertThat(Expander.expand(only(second, third).body()).common()).containsEntry("Version", 2L);
    assertThat(Expander.expand(only(second, first).body()).common()).doesNotContainKey("Version");
    assertThat(body(only(second, first))).containsOnlyOnce("\"Version\":2");
  }

  @Test
  void tellsTypesPerRecordWhereTheyDiffer() {
    Point text = new Point(cpu("0"), SECOND + 1, new Measure.OfVarchar("x"));

    PackedCall call = only(text, point(cpu("0"), SECOND, 1));

    assertThat(Expander.expand(call.body()).common()).doesNotContainKey("MeasureValueType");
    assertThat(body(call)).contains("VARCHAR", "DOUBLE");
  }

  @Test
  void neverPutsMoreThan100RecordsIntoACall() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      points.add(point(cpu("c" + i), SECOND, i));
    }

    List<PackedCall> calls = CallPacker.pack(CallPackerTest.TABLE, PointBatch.of(points)).calls();

    assertThat(calls).allMatch(call -> call.size() >= 1 && call.size() <= 100);
    assertThat(calls.stream().mapToInt(PackedCall::size).sum()).isEqualTo(1_001);
  }

  @Test
  void halvesHaveTheSamePointsAndShareMore() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      points.add(point(cpu("" + i / 5), SECOND + i, i));
    }
    PackedCall call = only(points.toArray(Point[]::new));

    List<PackedCall> halves = call.halves();

    List<Point> expanded = new ArrayList<>();
    for (PackedCall half : halves) {
      expanded.addAll(Expander.expand(half.body()).points());
      assertThat(half.billedKib()).isEqualTo(1);
    }
    assertThat(halves).extracting(PackedCall::size).containsExactly(4, 5);
    assertThat(expanded).containsExactlyElementsOf(Expander.expand(call.body()).points());
    assertThat(body(halves.getFirst())).containsOnlyOnce("cpu\",\"Value");
    assertThatThrownBy(() -> only(points.getFirst()).halves())
        .isInstanceOf(IllegalStateException.class);
  }
}
