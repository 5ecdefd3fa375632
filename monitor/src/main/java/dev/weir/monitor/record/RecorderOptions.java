// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import java.nio.file.Path;

/**
 * How results are recorded.
 *
 * @param folder where they wait for the store; one process at a time
 * @param queueBytesMax of all that waits, at least {@value #QUEUE_BYTES_MIN}; beyond it the oldest
 *     go, of the customer that has the most
 */
public record RecorderOptions(
    Path folder, long queueBytesMax, RecordLayout layout, CheckTables tables) {

  /** About 1.5 million results: an hour of 5,000 sites that are checked every 10 s. */
  public static final long QUEUE_BYTES = 512L << 20;

  public static final long QUEUE_BYTES_MIN = 4L << 20;

  public RecorderOptions {
    if (queueBytesMax < QUEUE_BYTES_MIN) {
      throw new IllegalArgumentException(
          "the queue of results has at least %d bytes, not %d"
              .formatted(QUEUE_BYTES_MIN, queueBytesMax));
    }
  }

  /** What holds where nothing else is said. */
  public static RecorderOptions of(Path folder) {
    return new RecorderOptions(folder, QUEUE_BYTES, RecordLayout.CHECK, CheckTables.ORIGINAL);
  }
}
