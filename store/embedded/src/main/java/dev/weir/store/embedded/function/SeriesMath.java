// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.DOUBLE;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import java.util.List;

/** What lists of numbers are asked that the engine has no fast way to answer. */
final class SeriesMath {

  static final List<JavaFunction> ALL =
      List.of(
          JavaFunction.of("weighted_place", BIGINT, SeriesMath::weightedPlace, VARCHAR, DOUBLE));

  private SeriesMath() {}

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
}
