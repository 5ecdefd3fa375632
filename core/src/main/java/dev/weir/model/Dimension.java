// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static java.util.Objects.requireNonNull;

/**
 * A name and a value that identify a series. Names are compared as bytes, so {@code Host} and
 * {@code host} are two dimensions. Neither is empty: an absent dimension is left out.
 */
public record Dimension(String name, String value) implements Comparable<Dimension> {

  public Dimension {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("dimension name is empty; leave the dimension out");
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "dimension \"" + name + "\" has an empty value; leave the dimension out");
    }
  }

  /** By name, then by value, in UTF-16 order. */
  @Override
  public int compareTo(Dimension other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : value.compareTo(other.value);
  }
}
