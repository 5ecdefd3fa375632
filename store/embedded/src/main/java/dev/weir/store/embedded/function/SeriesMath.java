// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.BOOLEAN;
import static dev.weir.store.embedded.function.JavaFunction.Type.DOUBLE;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import java.util.List;

/** What lists of numbers are asked that the engine has no fast way to answer. */
final class SeriesMath {

  static final List<JavaFunction> ALL =
      List.of(
          JavaFunction.of("made", BOOLEAN, SeriesMath::made, BIGINT, BOOLEAN),
          JavaFunction.of("weighted_place", BIGINT, SeriesMath::weightedPlace, VARCHAR, DOUBLE),
          JavaFunction.of("spline_bends", VARCHAR, SeriesMath::splineBends, VARCHAR, VARCHAR));

  /** Some hundred microseconds' work. */
  private static final int POINTS_BETWEEN_CHECKS = 1 << 16;

  private SeriesMath() {}

  /** True while the lambdas of the query have not made too many elements of arrays. */
  private static Boolean made(Row row) {
    row.query().countElements(row.number(0));
    return true;
  }

  /**
   * The place, from 1, of the first of some weights up to which they sum to more than a part of
   * their total; the last one where none is.
   */
  private static Long weightedPlace(Row row) {
    long[] weights = NumberList.longs(row.text(0));
    double total = 0;
    for (long weight : weights) {
      total += weight;
    }
    double wanted = row.real(1) * total;
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      if (sum > wanted) {
        return i + 1L;
      }
    }
    return (long) weights.length;
  }

  /**
   * The second derivatives, by seconds, that a natural cubic spline has at its points: the bends of
   * a ruler that runs through them with free ends. Solved in one sweep there and one back.
   */
  private static String splineBends(Row row) {
    long[] times = NumberList.longs(row.text(0));
    double[] values = NumberList.doubles(row.text(1));
    int count = times.length;
    double[] upper = new double[count];
    double[] bends = new double[count];
    for (int i = 1; i < count - 1; i++) {
      if (i % POINTS_BETWEEN_CHECKS == 0) {
        row.query().checkCancelled();
      }
      double before = seconds(times[i - 1], times[i]);
      double after = seconds(times[i], times[i + 1]);
      double turn = (values[i + 1] - values[i]) / after - (values[i] - values[i - 1]) / before;
      double pivot = 2 * (before + after) - before * upper[i - 1];
      upper[i] = after / pivot;
      bends[i] = (6 * turn - before * bends[i - 1]) / pivot;
    }
    for (int i = count - 2; i > 0; i--) {
      bends[i] -= upper[i] * bends[i + 1];
    }
    return NumberList.text(bends);
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }
}
