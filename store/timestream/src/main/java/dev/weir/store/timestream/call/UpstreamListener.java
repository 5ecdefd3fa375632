// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.time.Duration;

/** Hears what happens between Weir and Timestream. Thread-safe, returns at once. */
public interface UpstreamListener {

  /** Nobody listens. */
  UpstreamListener NONE = new UpstreamListener() {};

  /** Whether a call is one of WriteRecords or of Query. */
  enum Side {
    WRITE,
    READ
  }

  /** How an attempt ended. */
  enum Ending {
    DONE,
    THROTTLED,
    /** Failed in a way that a repeat may mend. */
    FAILED,
    /** Refused for good, in whole or in part. */
    REFUSED
  }

  /** An attempt at a call has ended; a page of a query is one call. */
  default void attempted(Side side, Ending ending, Duration took) {}

  /** Timestream meters so many KiB for a call that it has taken. */
  default void billed(long kib) {}

  /** The most calls of writing that may be at work at once, as it stands now. */
  default void writeLimit(int calls) {}

  /**
   * This machine's clock is so far off that Amazon refused a signature; signatures go by Amazon's
   * clock from now on.
   *
   * @param by what has to be added to this clock
   */
  default void clockOff(Duration by) {}
}
