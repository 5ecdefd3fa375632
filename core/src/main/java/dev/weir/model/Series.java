// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a point belongs to: a measure name and a set of dimensions. With a table and a time it is
 * the identity of a record (AWS developer guide, "Writes").
 *
 * <p>Dimensions are sorted by name and unique. The hash is computed once, since every sample of a
 * busy sender looks its series up; hold on to one instance per series where you can, equality is
 * then a comparison of references. Immutable and thread-safe.
 */
public final class Series {

  private final String measureName;
  private final List<Dimension> dimensions;
  private final long hash;

  private Series(String measureName, List<Dimension> dimensions) {
    this.measureName = measureName;
    this.dimensions = dimensions;
    this.hash = contentHash(measureName, dimensions);
  }

  /**
   * Makes a series.
   *
   * @param measureName not empty
   * @param dimensions in any order
   * @throws IllegalArgumentException when a dimension name is there twice or the measure name is
   *     empty
   */
  public static Series of(String measureName, List<Dimension> dimensions) {
    requireNonNull(measureName, "measureName");
    if (measureName.isEmpty()) {
      throw new IllegalArgumentException("measure name is empty");
    }
    Dimension[] sorted = dimensions.toArray(Dimension[]::new);
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i].name().equals(sorted[i - 1].name())) {
        throw new IllegalArgumentException("dimension \"" + sorted[i].name() + "\" is there twice");
      }
    }
    return new Series(measureName, List.of(sorted));
  }

  /**
   * The series of another measure name with the same dimensions, which both then share.
   *
   * @throws IllegalArgumentException when the measure name is empty
   */
  public Series withMeasureName(String other) {
    if (other.isEmpty()) {
      throw new IllegalArgumentException("measure name is empty");
    }
    return new Series(other, dimensions);
  }

  /** The measure name; for Prometheus' samples the metric name. */
  public String measureName() {
    return measureName;
  }

  /** The dimensions, sorted by name, each name once; unmodifiable. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** The value of a dimension, or null where this series has none of that name. */
  public @Nullable String dimension(String name) {
    for (Dimension dimension : dimensions) {
      if (dimension.name().equals(name)) {
        return dimension.value();
      }
    }
    return null;
  }

  /** A 64-bit hash of the content; equal series have equal hashes in this process. */
  public long hash() {
    return hash;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Series that
            && hash == that.hash
            && measureName.equals(that.measureName)
            && dimensions.equals(that.dimensions));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(measureName).append('{');
    for (int i = 0; i < dimensions.size(); i++) {
      Dimension dimension = dimensions.get(i);
      text.append(i == 0 ? "" : ",").append(dimension.name()).append("=\"");
      text.append(dimension.value()).append('"');
    }
    return text.append('}').toString();
  }

  private static long contentHash(String measureName, List<Dimension> dimensions) {
    long hash = mix(measureName.hashCode() ^ 0x9E37_79B9_7F4A_7C15L);
    for (Dimension dimension : dimensions) {
      long pair =
          ((long) dimension.name().hashCode() << 32)
              | (dimension.value().hashCode() & 0xFFFF_FFFFL);
      hash = mix(hash ^ pair) + 0x9E37_79B9_7F4A_7C15L;
    }
    return hash;
  }

  /** The finalizer of SplitMix64: every input bit moves every output bit. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
