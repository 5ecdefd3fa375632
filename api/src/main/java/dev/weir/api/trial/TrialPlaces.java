// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.HashMap;
import java.util.Map;

/** How many trials run at once, in all and for each caller. Nobody waits. Thread-safe. */
final class TrialPlaces {

  private final int limit;
  private final int limitOfCaller;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  TrialPlaces(int limit, int limitOfCaller) {
    this.limit = limit;
    this.limitOfCaller = limitOfCaller;
  }

  /**
   * Takes a place for a caller until it is closed.
   *
   * @throws StoreException where there is none: the caller may come again
   */
  synchronized Place take(String caller) {
    int own = taken.getOrDefault(caller, 0);
    if (own >= limitOfCaller) {
      throw new StoreException(
          Kind.THROTTLED,
          "%d checks that you try are under way, which is the limit; wait for one to end"
              .formatted(own));
    }
    if (all >= limit) {
      throw new StoreException(
          Kind.THROTTLED,
          "%d checks are being tried by all together, which is the limit; try again"
              .formatted(all));
    }
    all++;
    taken.put(caller, own + 1);
    return () -> free(caller);
  }

  private synchronized void free(String caller) {
    all--;
    taken.computeIfPresent(caller, (_, own) -> own == 1 ? null : own - 1);
  }

  /** One of the places; closed once. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
