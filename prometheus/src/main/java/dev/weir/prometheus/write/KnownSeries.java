// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static dev.weir.prometheus.TimestreamNames.BITS_SUFFIX;

import dev.weir.model.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What we remember of a series under the wire bytes of its labels: the series to store finite
 * values under and the one for the bits of all others, or why one of them or both are refused.
 * Immutable but for the links of the cache that it lives in.
 */
public final class KnownSeries {

  /**
   * What an entry costs beside what grows with its labels: objects, references, the name of the
   * bits. 100,000 series of nine labels and 254 bytes took 452 bytes each, 558 with the bits of
   * all; the estimate of {@link #costBytes} is 593.
   */
  private static final int OVERHEAD_BYTES = 240;

  private final byte[] key;
  private final long hash;
  private final @Nullable Series series;
  private final @Nullable Refusal refusal;
  private final @Nullable Refusal bitsRefusal;

  /** Made when it is first asked for, without a lock: most series never have such a value. */
  private @Nullable Series bits;

  /** Set by readers without a lock: a lost update costs no more than an early eviction. */
  boolean used;

  /**
   * Set under the cache's lock when it was evicted; read without: a late look finds the same
   * series.
   */
  boolean gone;

  /** The series that came after this one the last time; a guess, written without a lock. */
  @Nullable KnownSeries follower;

  /** Links of {@link SeriesCache}, changed under its lock. */
  @Nullable KnownSeries nextInBucket;

  KnownSeries clockNext = this;
  KnownSeries clockPrevious = this;

  private KnownSeries(
      byte[] key,
      long hash,
      @Nullable Series series,
      @Nullable Refusal refusal,
      @Nullable Refusal bitsRefusal) {
    this.key = key;
    this.hash = hash;
    this.series = series;
    this.refusal = refusal;
    this.bitsRefusal = bitsRefusal;
  }

  static KnownSeries refused(byte[] key, long hash, Refusal refusal) {
    return new KnownSeries(key, hash, null, refusal, refusal);
  }

  static KnownSeries stored(byte[] key, long hash, Series series) {
    return new KnownSeries(key, hash, series, null, null);
  }

  static KnownSeries withoutBits(byte[] key, long hash, Series series, Refusal bitsRefusal) {
    return new KnownSeries(key, hash, series, null, bitsRefusal);
  }

  /** Where finite values go, or null where they are refused. */
  public @Nullable Series series() {
    return series;
  }

  /** Where the bits of values go that are not finite, or null where they are refused. */
  public @Nullable Series bits() {
    if (series == null || bitsRefusal != null) {
      return null;
    }
    Series made = bits;
    if (made == null) {
      made = series.withMeasureName(series.measureName() + BITS_SUFFIX);
      bits = made;
    }
    return made;
  }

  /** Why the whole series is refused, or null. */
  public @Nullable Refusal refusal() {
    return refusal;
  }

  /** Why values that are not finite are refused, or null. */
  public @Nullable Refusal bitsRefusal() {
    return bitsRefusal;
  }

  long hash() {
    return hash;
  }

  boolean hasKey(long wantedHash, byte[] bytes, int offset, int length) {
    return hash == wantedHash && hasKey(bytes, offset, length);
  }

  boolean hasKey(byte[] bytes, int offset, int length) {
    return Arrays.equals(key, 0, key.length, bytes, offset, offset + length);
  }

  /** An estimate of the memory that this entry holds. */
  long costBytes() {
    int dimensions = series == null ? 0 : series.dimensions().size();
    return OVERHEAD_BYTES + key.length * 5L / 4 + 4L * dimensions;
  }
}
