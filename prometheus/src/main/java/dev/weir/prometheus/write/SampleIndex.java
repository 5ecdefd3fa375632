// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.model.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the samples of one request that meet at the same series and time. Needed only for a request
 * that has a series more than once or times that do not ascend; {@link #needed} tells cheaply. Not
 * thread-safe.
 */
final class SampleIndex {

  private final DecodedWrite decoded;
  private final int[] occurrences;
  private final int[] table;

  SampleIndex(DecodedWrite decoded) {
    this.decoded = decoded;
    this.occurrences = new int[decoded.sampleCount()];
    for (int i = 0; i < decoded.seriesCount(); i++) {
      Arrays.fill(occurrences, decoded.samplesFrom(i), decoded.samplesTo(i), i);
    }
    this.table = new int[tableLength(decoded.sampleCount())];
  }

  /** Whether two samples of a request may meet. */
  static boolean needed(DecodedWrite decoded) {
    Series[] seen = new Series[tableLength(decoded.seriesCount())];
    for (int i = 0; i < decoded.seriesCount(); i++) {
      Series series = decoded.series(i).series();
      if (series != null && (isThere(seen, series) || !ascends(decoded, i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isThere(@Nullable Series[] seen, Series series) {
    int at = slot(series.hash(), seen.length);
    for (Series there = seen[at]; there != null; there = seen[at]) {
      if (there.equals(series)) {
        return true;
      }
      at = at + 1 & seen.length - 1;
    }
    seen[at] = series;
    return false;
  }

  private static boolean ascends(DecodedWrite decoded, int series) {
    for (int i = decoded.samplesFrom(series) + 1; i < decoded.samplesTo(series); i++) {
      if (decoded.epochMillis(i) <= decoded.epochMillis(i - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Adds a sample; gives the first sample at the same series and time, or -1. */
  int add(int sample) {
    Series series = seriesOf(sample);
    if (series == null) {
      return -1;
    }
    long time = decoded.epochMillis(sample);
    int at = slot(series.hash() ^ time * 0x9E37_79B9_7F4A_7C15L, table.length);
    while (table[at] != 0) {
      int there = table[at] - 1;
      if (decoded.epochMillis(there) == time && series.equals(seriesOf(there))) {
        return there;
      }
      at = at + 1 & table.length - 1;
    }
    table[at] = sample + 1;
    return -1;
  }

  private @Nullable Series seriesOf(int sample) {
    return decoded.series(occurrences[sample]).series();
  }

  private static int tableLength(int entries) {
    return Math.max(16, Integer.highestOneBit(Math.max(1, entries)) * 4);
  }

  private static int slot(long hash, int length) {
    return (int) (hash ^ hash >>> 32) & (length - 1);
  }
}
