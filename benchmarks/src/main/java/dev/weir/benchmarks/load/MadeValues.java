// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.util.SplittableRandom;

/**
 * The values, a quarter of the series each: a gauge that rarely changes, a counter, a gauge with
 * two decimals, a random double. The same seed gives the same values.
 */
public final class MadeValues {
  private static final long SEED = 20_260_101;
  private static final double CHANGE_PROBABILITY = 0.01;
  private static final int LARGEST_INCREMENT = 100;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final double[] last;

  public MadeValues(int series) {
    last = new double[series];
    for (int index = 0; index < series; index++) {
      last[index] = random.nextInt(1_000);
    }
  }

  /** The next value of one series. */
  public double next(int series) {
    double value =
        switch (series & 3) {
          case 0 -> random.nextDouble() < CHANGE_PROBABILITY ? random.nextInt(1_000) : last[series];
          case 1 -> last[series] + random.nextInt(LARGEST_INCREMENT);
          case 2 -> Math.round((last[series] + random.nextDouble(-1, 1)) * 100) / 100.0;
          default -> random.nextDouble();
        };
    last[series] = value;
    return value;
  }
}
