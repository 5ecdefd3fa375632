// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** How many values of a column were collected, and which of them are NULL. */
final class NullPlaces {

  private BitSet nulls = new BitSet();
  private int size;

  int size() {
    return size;
  }

  /** Adds a value; gives its place. */
  int add(boolean none) {
    nulls.set(size, none);
    return size++;
  }

  /** How many there were, and begins anew; the NULLs are taken by themselves. */
  int take() {
    int taken = size;
    size = 0;
    return taken;
  }

  /** The NULLs, or null where there was none; begins anew. */
  @Nullable BitSet takeNulls() {
    BitSet taken = nulls;
    nulls = new BitSet();
    return taken.isEmpty() ? null : taken;
  }
}
