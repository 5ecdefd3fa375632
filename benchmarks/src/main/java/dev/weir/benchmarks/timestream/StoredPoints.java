// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A made table as the bytes of its answers, made once, so that a page is little more than copying:
 * about 80 bytes a sample. Thread-safe.
 */
final class StoredPoints {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final MadeTable table;
  private final Map<String, Integer> byUniqueValue = new HashMap<>();
  private final byte[][][] labels;
  private final byte[][] points;
  private final int[][] pointEnds;

  StoredPoints(MadeTable table) {
    this.table = table;
    this.labels = new byte[table.series()][][];
    this.points = new byte[table.series()][];
    this.pointEnds = new int[table.series()][table.samplesPerSeries()];
    for (int series = 0; series < table.series(); series++) {
      List<String> values = table.labels(series);
      byUniqueValue.put(values.get(MadeTable.UNIQUE), series);
      labels[series] = values.stream().map(StoredPoints::scalar).toArray(byte[][]::new);
      points[series] = points(series);
    }
  }

  private byte[] points(int series) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(table.samplesPerSeries() * 80);
    for (int sample = 0; sample < table.samplesPerSeries(); sample++) {
      String point =
          (sample == 0 ? "{\"Time\":\"" : ",{\"Time\":\"")
              + timestamp(table.timeMillis(series, sample))
              + "\",\"Value\":{\"ScalarValue\":\""
              + table.value(series, sample)
              + "\"}}";
      out.writeBytes(point.getBytes(StandardCharsets.US_ASCII));
      pointEnds[series][sample] = out.size();
    }
    return out.toByteArray();
  }

  static byte[] scalar(String text) {
    return ("{\"ScalarValue\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  static String timestamp(long epochMillis) {
    return TIMESTAMP.format(Instant.ofEpochMilli(epochMillis));
  }

  MadeTable table() {
    return table;
  }

  /** The series with this value of the unique dimension, or null. */
  @Nullable Integer seriesOf(String uniqueValue) {
    return byUniqueValue.get(uniqueValue);
  }

  /** The datum of a dimension. */
  byte[] label(int series, int dimension) {
    return labels[series][dimension];
  }

  /** The first sample at or after a time; the number of samples where there is none. */
  int firstAt(int series, long epochMillis) {
    long steps = Math.ceilDiv(epochMillis - table.timeMillis(series, 0), MadeTable.STEP_MILLIS);
    return (int) Math.clamp(steps, 0, table.samplesPerSeries());
  }

  /** How many bytes the points of some samples take, commas between them included. */
  int pointsLength(int series, int from, int to) {
    return pointEnds[series][to - 1] - start(series, from);
  }

  /** Copies the points of some samples, at least one. */
  void copyPoints(int series, int from, int to, byte[] target, int at) {
    int start = start(series, from);
    System.arraycopy(points[series], start, target, at, pointEnds[series][to - 1] - start);
  }

  private int start(int series, int sample) {
    return sample == 0 ? 0 : pointEnds[series][sample - 1] + 1;
  }

  /** All series, in no order, but always the same. */
  int[] all() {
    int[] all = new int[table.series()];
    Arrays.setAll(all, index -> index);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = all.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = all[i];
      all[i] = all[other];
      all[other] = swapped;
    }
    return all;
  }
}
