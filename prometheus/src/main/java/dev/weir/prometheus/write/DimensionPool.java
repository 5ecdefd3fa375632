// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.model.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * Shares equal dimensions and measure names between series: most series of a target differ in few
 * of them. A plain table in which the newer overwrites the older, so it is bounded and needs no
 * lock; a lost update costs a copy. Thread-safe, since dimensions are immutable.
 */
final class DimensionPool {

  private final @Nullable Dimension[] pool = new Dimension[1 << 15];
  private final @Nullable String[] names = new String[1 << 12];

  /** A measure name; a few thousand metrics make up all series. */
  String share(String measureName) {
    int hash = measureName.hashCode();
    int index = (hash ^ (hash >>> 15)) & (names.length - 1);
    String there = names[index];
    if (measureName.equals(there)) {
      return there;
    }
    names[index] = measureName;
    return measureName;
  }

  Dimension share(String name, String value) {
    int hash = name.hashCode() * 31 + value.hashCode();
    int index = (hash ^ (hash >>> 15)) & (pool.length - 1);
    Dimension there = pool[index];
    if (there != null && there.value().equals(value) && there.name().equals(name)) {
      return there;
    }
    Dimension made =
        new Dimension(there != null && there.name().equals(name) ? there.name() : name, value);
    pool[index] = made;
    return made;
  }
}
