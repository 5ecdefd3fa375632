// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointBatchTest {

  private static final Series UP = Series.of("up", List.of(new Dimension("job", "node")));

  @Test
  void givesBackEveryTypeOfPoint() {
    List<Point> points =
        List.of(
            new Point(UP, 1, new Measure.OfDouble(-0.0)),
            new Point(UP, 2, new Measure.OfBigint(Long.MIN_VALUE), 7),
            new Point(UP, 3, new Measure.OfVarchar("text")),
            new Point(UP, 4, new Measure.OfBoolean(true)),
            new Point(
                UP,
                5,
                new Measure.OfMulti(
                    List.of(
                        new Measure.Named("cpu", new Measure.OfDouble(0.5)),
                        new Measure.Named("at", new Measure.OfTimestamp(9)))),
                2));
    PointBatch batch = PointBatch.of(points);
    List<Point> back = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      back.add(batch.point(i));
    }
    assertThat(back).isEqualTo(points);
  }

  @Test
  void keepsTheBitsOfADouble() {
    PointBatch.Builder builder = new PointBatch.Builder(1);
    builder.addDouble(UP, 1, 0.1 + 0.2);
    assertThat(builder.build().valueBits(0)).isEqualTo(Double.doubleToRawLongBits(0.1 + 0.2));
  }

  @Test
  void growsPastWhatWasExpected() {
    PointBatch.Builder builder = new PointBatch.Builder(1);
    for (int i = 0; i < 1_000; i++) {
      builder.add(new Point(UP, i, new Measure.OfVarchar("v" + i), i + 1));
    }
    PointBatch batch = builder.build();
    assertThat(batch.size()).isEqualTo(1_000);
    assertThat(batch.point(999))
        .isEqualTo(new Point(UP, 999, new Measure.OfVarchar("v999"), 1_000));
  }

  @Test
  void refusesWhatAPointRefuses() {
    PointBatch.Builder builder = new PointBatch.Builder(1);
    assertThatThrownBy(() -> builder.addDouble(UP, 1, Double.NaN))
        .hasMessage("a DOUBLE measure must be finite, not NaN");
    assertThatThrownBy(() -> builder.addDouble(UP, -1, 1)).hasMessageContaining("before the epoch");
    assertThatThrownBy(() -> new Point(UP, 1, new Measure.OfBigint(1), 0))
        .hasMessage("version must be at least 1, not 0");
    assertThat(builder.size()).isZero();
  }

  @Test
  void saysWhichEntryIsNotThere() {
    PointBatch batch = PointBatch.of(List.of(new Point(UP, 1, new Measure.OfBigint(1))));
    assertThatThrownBy(() -> batch.epochNanos(1)).hasMessage("entry 1 of a batch of 1");
  }
}
