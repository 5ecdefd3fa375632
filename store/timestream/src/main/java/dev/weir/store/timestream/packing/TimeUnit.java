// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;

/** The unit of the times of a call, by Timestream's names; the coarsest first. */
enum TimeUnit {
  SECONDS(1_000_000_000),
  MILLISECONDS(1_000_000),
  MICROSECONDS(1_000),
  NANOSECONDS(1);

  private final long nanos;

  TimeUnit(long nanos) {
    this.nanos = nanos;
  }

  /** The nanoseconds of one. */
  long nanos() {
    return nanos;
  }

  /**
   * The coarsest unit that loses nothing. Nanoseconds where a record has a TIMESTAMP among its
   * values: that is written in nanoseconds, and its unit is documented only as the record's.
   */
  static TimeUnit of(PackedCall call) {
    PointBatch batch = call.layout().batch();
    int coarsest = 0;
    for (int i = 0; i < call.size(); i++) {
      int index = call.batchIndex(i);
      if (hasTimestamp(batch, index)) {
        return NANOSECONDS;
      }
      while (batch.epochNanos(index) % VALUES[coarsest].nanos != 0) {
        coarsest++;
      }
    }
    return VALUES[coarsest];
  }

  private static final TimeUnit[] VALUES = values();

  private static boolean hasTimestamp(PointBatch batch, int index) {
    return batch.type(index) == MeasureType.MULTI
        && ((Measure.OfMulti) batch.measure(index))
            .values().stream().anyMatch(named -> named.value() instanceof Measure.OfTimestamp);
  }
}
