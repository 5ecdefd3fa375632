// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.prometheus.TimestreamNames;
import org.jspecify.annotations.Nullable;

/**
 * A series that a query selects, with how many samples it has in the range and under which measure
 * names they stand: finite values under one, the bits of all others under another. Not thread-safe.
 */
final class ListedSeries {

  private final Labels labels;
  private @Nullable String finiteMeasure;
  private @Nullable String bitsMeasure;
  private long samples;

  ListedSeries(Labels labels) {
    this.labels = labels;
  }

  void add(String measure, long count) {
    if (TimestreamNames.isBits(measure)) {
      bitsMeasure = measure;
    } else {
      finiteMeasure = measure;
    }
    samples += count;
  }

  Labels labels() {
    return labels;
  }

  /** The measure name of its finite values or of its bits; null where it has none in the range. */
  @Nullable String measure(boolean bits) {
    return bits ? bitsMeasure : finiteMeasure;
  }

  long samples() {
    return samples;
  }
}
