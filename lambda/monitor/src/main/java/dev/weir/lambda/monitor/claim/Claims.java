// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.claim;

import dev.weir.store.StoreException;
import java.time.Duration;
import java.util.Set;

/** Claims to pieces of work, by name. Thread-safe. */
public interface Claims {

  /** What became of a claim. */
  sealed interface Answer {

    /**
     * The work is ours until the lease ends.
     *
     * @param done parts that an earlier holder has finished
     */
    record Granted(Set<String> done) implements Answer {
      public Granted {
        done = Set.copyOf(done);
      }
    }

    /** Somebody else is at it, or was until a moment ago. */
    record UnderWay() implements Answer {}

    /** All of it has been done. */
    record Done() implements Answer {}
  }

  /**
   * Claims work.
   *
   * @param id of the work, the same whenever it is brought; at most 512 characters
   * @param holder who asks. Whoever asks again under the same name is granted it again: two may
   *     share one only where the second begins after the first has ended, as the attempts of one
   *     asynchronous invocation do, which keep the id of its request
   * @param lease how long the work takes at the most; afterwards it is anybody's
   * @throws StoreException where it can't be told now
   */
  Answer take(String id, String holder, Duration lease);

  /**
   * All of the work has been done; nobody is granted it again.
   *
   * @throws StoreException where it can't be written now
   */
  void finish(String id);

  /**
   * Gives work back before its time, for whoever comes next; nothing where it is another's by now.
   *
   * @param done parts that need not be repeated
   * @throws StoreException where it can't be written now
   */
  void giveBack(String id, String holder, Set<String> done);
}
