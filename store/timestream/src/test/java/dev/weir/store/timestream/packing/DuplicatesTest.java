// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Measure.Named;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DuplicatesTest {

  private static final long T = 1_700_000_000_123_000_000L;

  private static Point up(double value, long version) {
    // Equal series, not one instance: a sender may order its labels in two ways.
    return new Point(
        Series.of("up", List.of(new Dimension("job", "a"))),
        T,
        new Measure.OfDouble(value),
        version);
  }

  private static CallPacker.Packing pack(Point... points) {
    return CallPacker.pack(CallPackerTest.TABLE, PointBatch.of(List.of(points)));
  }

  private static List<Integer> sent(CallPacker.Packing packing) {
    List<Integer> sent = new ArrayList<>();
    for (PackedCall call : packing.calls()) {
      for (int i = 0; i < call.size(); i++) {
        sent.add(call.batchIndex(i));
      }
    }
    return sent;
  }

  @Test
  void sendsTheFirstOfTwoValuesAndRefusesTheOther() {
    CallPacker.Packing packing = pack(up(1, 1), up(2, 1), up(1, 1));

    assertThat(sent(packing)).containsExactly(0);
    assertThat(packing.rejections())
        .extracting(Rejection::index, Rejection::reason, Rejection::existingVersion)
        .containsExactly(tuple(1, Reason.CONFLICT, 1L));
    assertThat(packing.rejections().getFirst().message()).contains("up{job=\"a\"}", "" + T);
    assertThat(packing.outcome(0, List.of()))
        .isEqualTo(new WriteOutcome(2, 0, packing.rejections()));
  }

  @Test
  void sendsTheHighestVersionWhereverItStands() {
    assertThat(sent(pack(up(1, 1), up(2, 3)))).containsExactly(1);

    CallPacker.Packing packing = pack(up(2, 3), up(1, 1), up(4, 2));

    assertThat(sent(packing)).containsExactly(0);
    assertThat(packing.rejections())
        .extracting(Rejection::index, Rejection::existingVersion)
        .containsExactly(tuple(1, 3L), tuple(2, 3L));
  }

  @Test
  void takesAnEqualValueOfALowerVersion() {
    CallPacker.Packing packing = pack(up(1, 3), up(1, 2));

    assertThat(sent(packing)).containsExactly(0);
    assertThat(packing.rejections()).isEmpty();
    assertThat(packing.outcome(0, List.of()).accepted()).isEqualTo(2);
  }

  @Test
  void rejectsWhatLeansOnARejectedPoint() {
    CallPacker.Packing packing = pack(up(1, 1), up(1, 1), up(2, 2), up(3, 3));
    assertThat(sent(packing)).containsExactly(3);

    WriteOutcome outcome =
        packing.outcome(0, List.of(new Rejection(3, Reason.CONFLICT, "lower than 9", 9L)));

    assertThat(outcome.accepted()).isZero();
    assertThat(outcome.rejections())
        .extracting(Rejection::index, Rejection::existingVersion)
        .containsExactly(tuple(0, 9L), tuple(1, 9L), tuple(2, 9L), tuple(3, 9L));
  }

  @Test
  void comparesMultiMeasuresAsSets() {
    Series check = Series.of("check", List.of());
    Measure.OfMulti values =
        new Measure.OfMulti(
            List.of(
                new Named("a", new Measure.OfDouble(1)), new Named("b", new Measure.OfBigint(2))));
    Point first = new Point(check, T, values);
    Point reordered = new Point(check, T, new Measure.OfMulti(values.values().reversed()));
    Point other = new Point(check, T, new Measure.OfMulti(values.values().subList(0, 1)));

    CallPacker.Packing packing = pack(first, reordered, other);

    assertThat(sent(packing)).containsExactly(0);
    assertThat(packing.rejections()).extracting(Rejection::index).containsExactly(2);
  }

  @Test
  void keepsTimesAndSeriesApart() {
    Point later = new Point(up(1, 1).series(), T + 1, new Measure.OfDouble(1));
    Point otherSeries = new Point(Series.of("up", List.of()), T, new Measure.OfDouble(2));

    CallPacker.Packing packing = pack(up(1, 1), later, otherSeries);

    assertThat(packing.rejections()).isEmpty();
    assertThat(sent(packing)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void judgesAsAStoreThatTakesThePointsInTheirOrder() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Point[] points = new Point[1 + random.nextInt(60)];
      for (int i = 0; i < points.length; i++) {
        points[i] = up(random.nextInt(3), 1 + random.nextInt(4));
        if (random.nextBoolean()) {
          points[i] =
              new Point(points[i].series(), T + 1, points[i].measure(), points[i].version());
        }
      }
      TreeMap<Long, Point> stored = new TreeMap<>();
      List<Integer> refused = new ArrayList<>();
      for (int i = 0; i < points.length; i++) {
        Point before = stored.get(points[i].epochNanos());
        if (before == null || points[i].version() > before.version()) {
          stored.put(points[i].epochNanos(), points[i]);
        } else if (!points[i].measure().equals(before.measure())) {
          refused.add(i);
        }
      }

      CallPacker.Packing packing = pack(points);

      assertThat(packing.rejections())
          .as("seed %d", seed)
          .extracting(Rejection::index)
          .containsExactlyElementsOf(refused);
      assertThat(sent(packing).stream().map(i -> points[i]))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(stored.values());
      assertThat(packing.outcome(0, List.of()).accepted())
          .isEqualTo(points.length - refused.size());
    }
  }
}
