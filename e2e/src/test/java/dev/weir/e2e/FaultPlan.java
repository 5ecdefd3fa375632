// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Which fault each call meets. Thread-safe. */
interface FaultPlan {

  /**
   * The fault of a call.
   *
   * @param operation such as WriteRecords
   * @param index how many calls of the operation came before
   */
  Fault of(String operation, int index);

  static FaultPlan none() {
    return always(Fault.NONE);
  }

  static FaultPlan always(Fault fault) {
    return (operation, index) -> fault;
  }

  /** Writes meet the fault, everything else goes well. */
  static FaultPlan writes(Fault fault) {
    return (operation, index) -> operation.equals("WriteRecords") ? fault : Fault.NONE;
  }

  /** The first calls of each operation meet the fault. */
  static FaultPlan first(int calls, Fault fault) {
    return (operation, index) -> index < calls ? fault : Fault.NONE;
  }

  /**
   * Faults at random, by their shares of ten thousand calls. A call's fault follows from the seed
   * and its index alone, however the calls run side by side.
   */
  static FaultPlan seeded(long seed, Map<Fault, Integer> perTenThousand) {
    TreeMap<Integer, Fault> bounds = new TreeMap<>();
    int sum = 0;
    for (Map.Entry<Fault, Integer> share : new TreeMap<>(perTenThousand).entrySet()) {
      sum += share.getValue();
      bounds.put(sum, share.getKey());
    }
    if (sum > 10_000) {
      throw new IllegalArgumentException(sum + " of ten thousand");
    }
    return (operation, index) -> {
      int drawn = new SplittableRandom(seed * 1_000_003 + index).nextInt(10_000);
      Map.Entry<Integer, Fault> fault = bounds.higherEntry(drawn);
      return fault == null ? Fault.NONE : fault.getValue();
    };
  }
}
