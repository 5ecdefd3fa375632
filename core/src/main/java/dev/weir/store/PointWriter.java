// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import dev.weir.model.PointBatch;
import java.time.Instant;

/** Takes points into a table. Thread-safe. */
public interface PointWriter {

  /**
   * Writes the points of a batch, each for itself: those that can't be stored come back as
   * rejections, all others are durable when this returns. Writing the same batch again leaves the
   * same state and rejects nothing that was accepted before. An empty batch does nothing.
   *
   * @param deadline when to give up; the write may still happen after a {@code TIMED_OUT}
   * @throws StoreException when nothing can be said about the batch as a whole; retryable kinds
   *     mean that a repeat is safe and may succeed
   */
  WriteOutcome write(TableName table, PointBatch batch, Instant deadline);
}
