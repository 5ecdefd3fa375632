// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import dev.weir.model.Dimension;
import dev.weir.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Series that were written lately, found by their parts in the order in which a sender gives them.
 * A slot per hash, the newest wins, so that its size is bounded and a known series costs one look.
 * Thread-safe.
 */
final class KnownSeries {

  private static final int SLOTS = 1 << 16;

  /** Memory of all together, estimated; over it what is new is made anew each time. */
  private static final long WEIGHT_MAX = 64L << 20;

  /** Objects of one series, and of each of its dimensions, with the heads of their texts. */
  private static final int SERIES_WEIGHT = 256;

  private static final int DIMENSION_WEIGHT = 128;

  private final AtomicReferenceArray<@Nullable Known> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLong weight = new AtomicLong();

  /**
   * A series.
   *
   * @param order where the sender's dimensions stand among the sorted ones
   * @param bytes UTF-8 of the measure name, and of all dimensions' names and values
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Known(Series series, byte[] order, int bytes) {
    private long weight() {
      return SERIES_WEIGHT + (long) DIMENSION_WEIGHT * order.length + bytes;
    }
  }

  /**
   * The series of a measure name and the dimensions of two records, the common ones first.
   *
   * @throws IllegalArgumentException when a dimension is there twice or has no value
   */
  Known find(String measureName, RecordParts common, RecordParts own) {
    int hash = hash(hash(measureName.hashCode(), common), own);
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    Known known = slots.getAcquire(slot);
    if (known != null && same(known, measureName, common, own)) {
      return known;
    }
    Known made = make(measureName, common, own);
    keep(slot, made);
    return made;
  }

  /** Once all is full, a series takes the place of one that is no smaller, or none. */
  private void keep(int slot, Known made) {
    Known before = slots.getAcquire(slot);
    long growth = made.weight() - (before == null ? 0 : before.weight());
    boolean fits = weight.addAndGet(growth) <= WEIGHT_MAX || growth <= 0;
    if (!fits || !slots.compareAndSet(slot, before, made)) {
      weight.addAndGet(-growth);
    }
  }

  private static int hash(int seed, RecordParts parts) {
    int hash = seed;
    for (int i = 0; i < parts.dimensions(); i++) {
      hash = 31 * hash + parts.dimensionName(i).hashCode();
      hash = 31 * hash + parts.dimensionValue(i).hashCode();
    }
    return hash;
  }

  private static boolean same(
      Known known, String measureName, RecordParts common, RecordParts own) {
    return known.order().length == common.dimensions() + own.dimensions()
        && known.series().measureName().equals(measureName)
        && same(known, 0, common)
        && same(known, common.dimensions(), own);
  }

  private static boolean same(Known known, int from, RecordParts parts) {
    List<Dimension> dimensions = known.series().dimensions();
    for (int i = 0; i < parts.dimensions(); i++) {
      Dimension dimension = dimensions.get(known.order()[from + i] & 0xff);
      if (!dimension.name().equals(parts.dimensionName(i))
          || !dimension.value().equals(parts.dimensionValue(i))) {
        return false;
      }
    }
    return true;
  }

  private static Known make(String measureName, RecordParts common, RecordParts own) {
    List<Dimension> given = new ArrayList<>(common.dimensions() + own.dimensions());
    int bytes = Utf8.length(measureName);
    for (RecordParts parts : List.of(common, own)) {
      for (int i = 0; i < parts.dimensions(); i++) {
        given.add(new Dimension(parts.dimensionName(i), parts.dimensionValue(i)));
        bytes += Utf8.length(parts.dimensionName(i)) + Utf8.length(parts.dimensionValue(i));
      }
    }
    Series series = Series.of(measureName, given);
    byte[] order = new byte[given.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = (byte) series.dimensions().indexOf(given.get(i));
    }
    return new Known(series, order, bytes);
  }
}
