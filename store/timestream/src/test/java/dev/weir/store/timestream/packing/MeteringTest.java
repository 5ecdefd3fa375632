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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteringTest {

  private static final long T = 1_700_000_000_123_000_000L;

  private static long bytes(Point point) {
    return Metering.recordBytes(PointBatch.of(List.of(point)), 0);
  }

  private static PackedCall only(List<Point> points) {
    List<PackedCall> calls = CallPacker.pack(CallPackerTest.TABLE, PointBatch.of(points)).calls();
    assertThat(calls).hasSize(1);
    return calls.getFirst();
  }

  @Test
  void countsTimeNamesDimensionsAndValue() {
    Series cpu =
        Series.of(
            "node_load1",
            List.of(new Dimension("instance", "10.0.0.1:9100"), new Dimension("job", "node")));

    // 8 time, 10 measure name, 8 + 13 instance, 3 + 4 job, 8 value
    assertThat(bytes(new Point(cpu, T, new Measure.OfDouble(0.5)))).isEqualTo(54);
    assertThat(bytes(new Point(cpu, T, new Measure.OfBigint(1L << 60)))).isEqualTo(54);
    assertThat(bytes(new Point(cpu, T, new Measure.OfBoolean(true)))).isEqualTo(47);
    // 2 + 3 + 4 bytes of UTF-8
    assertThat(bytes(new Point(cpu, T, new Measure.OfVarchar("ü日\uD83D\uDE80")))).isEqualTo(55);
  }

  @Test
  void countsBytesOfUtf8() {
    Series series = Series.of("hitze_ü", List.of(new Dimension("straße", "日本")));

    // 8 time, 8 measure name, 7 + 6 dimension, 8 value
    assertThat(bytes(new Point(series, T, new Measure.OfDouble(1)))).isEqualTo(37);
  }

  @Test
  void countsAllNamesAndValuesOfAMulti() {
    Point check =
        new Point(
            Series.of("check", List.of(new Dimension("site", "a"))),
            T,
            new Measure.OfMulti(
                List.of(
                    new Named("latency", new Measure.OfDouble(0.25)),
                    new Named("up", new Measure.OfBoolean(true)),
                    new Named("seen", new Measure.OfTimestamp(T)),
                    new Named("error", new Measure.OfVarchar("timeout")))));

    // 8 time, 5 measure name, 4 + 1 site, then 7 + 8, 2 + 1, 4 + 8, 5 + 7
    assertThat(bytes(check)).isEqualTo(60);
  }

  @Test
  void countsWhatRecordsShareOnceForACall() {
    List<Point> points = new ArrayList<>();
    for (int i = 10; i < 40; i++) {
      points.add(
          new Point(
              Series.of(
                  "node_cpu_seconds_total",
                  List.of(new Dimension("cpu", "" + i), new Dimension("job", "node"))),
              T,
              new Measure.OfDouble(i + 0.5)));
    }

    PackedCall call = only(points);

    // Once: 8 time, 22 measure name, 3 + 4 job. Each: 3 + 2 cpu, 8 value.
    assertThat(call.bytes()).isEqualTo(37 + 30 * 13);
    assertThat(call.billedKib()).isEqualTo(1);
    // 30 records of 50 bytes
    assertThat(Metering.kibUnpacked(PointBatch.of(points))).isEqualTo(2);
  }

  @Test
  void roundsEachCallUp() {
    assertThat(Metering.kib(1)).isEqualTo(1);
    assertThat(Metering.kib(1_024)).isEqualTo(1);
    assertThat(Metering.kib(1_025)).isEqualTo(2);
    // 4 bytes of each record are names, 16 are time and value: 100 records of 24 bytes are 3 KiB.
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      points.add(
          new Point(
              Series.of("m" + (100 + i), List.of(new Dimension("d", "abc"))),
              T + i,
              new Measure.OfDouble(i)));
    }
    assertThat(Metering.recordBytes(PointBatch.of(points), 0)).isEqualTo(24);
    assertThat(Metering.kibUnpacked(PointBatch.of(points))).isEqualTo(3 + 2);
  }

  @Test
  void countsAPointOfItsOwnInFull() {
    Point one = new Point(Series.of("up", List.of()), T, new Measure.OfDouble(1));

    assertThat(only(List.of(one)).bytes()).isEqualTo(18);
    assertThat(only(List.of(one)).billedKib()).isEqualTo(1);
  }

  @Test
  void takesAnEmptyBatchForNothing() {
    assertThat(Metering.kibUnpacked(PointBatch.of(List.of()))).isZero();
    assertThat(CallPacker.pack(CallPackerTest.TABLE, PointBatch.of(List.of())).calls()).isEmpty();
  }
}
