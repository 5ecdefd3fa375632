// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Batches of every kind that a store may be handed, without two points of one series and time. */
final class RandomBatches {

  private static final String[] WORDS = {
    "a",
    "node",
    "eth0",
    "/var/lib/docker/overlay2",
    "prod-eu-central-1",
    "ü",
    "日本",
    "\uD83D\uDE80",
    "quote\"back\\slash",
    "tab\tnew\nline\u0000\u001f",
    "\u007f\u2028",
    "x".repeat(300)
  };

  private final Random random;

  RandomBatches(Random random) {
    this.random = random;
  }

  PointBatch next() {
    int size = 1 + random.nextInt(random.nextBoolean() ? 8 : 700);
    long unit = new long[] {1_000_000_000L, 1_000_000L, 1_000L, 1L}[random.nextInt(4)];
    int times = 1 + random.nextInt(4);
    int names = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
    int kinds = 1 + random.nextInt(6);
    boolean versions = random.nextInt(4) == 0;
    List<Dimension> target = dimensions("common", random.nextInt(4));
    List<List<Dimension>> sets =
        IntStream.range(0, 1 + random.nextInt(40))
            .mapToObj(_ -> dimensions("d", random.nextInt(5)))
            .toList();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<Dimension> dimensions = new ArrayList<>(sets.get(random.nextInt(sets.size())));
      dimensions.addAll(target);
      dimensions.add(new Dimension("row", Integer.toString(random.nextInt(2) == 0 ? i : i % 7)));
      long time = (1_700_000_000L + random.nextInt(times)) * 1_000_000_000L + i % 3 * unit;
      points.add(
          new Point(
              Series.of("m" + random.nextInt(names), dimensions),
              time,
              measure(random.nextInt(kinds), i),
              versions ? 1 + random.nextInt(3) : 1));
    }
    return PointBatch.of(unique(points));
  }

  private static List<Point> unique(List<Point> points) {
    record Identity(Series series, long time) {}
    var seen = new java.util.HashSet<Identity>();
    return points.stream().filter(p -> seen.add(new Identity(p.series(), p.epochNanos()))).toList();
  }

  private List<Dimension> dimensions(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Dimension(prefix + i, word())).toList();
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private Measure measure(int kind, int i) {
    return switch (kind) {
      case 0 -> new Measure.OfDouble(finite());
      case 1 -> new Measure.OfDouble(i);
      case 2 -> new Measure.OfBigint(random.nextLong() >> random.nextInt(64));
      case 3 -> new Measure.OfVarchar(word());
      case 4 -> new Measure.OfBoolean(random.nextBoolean());
      default ->
          new Measure.OfMulti(
              List.of(
                  new Measure.Named("one", new Measure.OfDouble(finite())),
                  new Measure.Named("ü \" two", new Measure.OfVarchar(word())),
                  random.nextBoolean()
                      ? new Measure.Named(
                          "seen", new Measure.OfTimestamp(random.nextLong(1L << 60)))
                      : new Measure.Named("flag", new Measure.OfBoolean(true))));
    };
  }

  private double finite() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : 0.1;
  }
}
