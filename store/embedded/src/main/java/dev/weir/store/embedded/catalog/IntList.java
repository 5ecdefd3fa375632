// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import java.util.Arrays;

/** A list of ints that one thread appends to while others read. */
public final class IntList {

  private volatile int[] values = new int[8];
  private volatile int size;

  public int size() {
    return size;
  }

  /** Valid for indexes below a {@link #size()} that the caller has read before. */
  public int get(int index) {
    return values[index];
  }

  /** Removes the last one; nobody reads the list any more. */
  int removeLast() {
    int rest = size - 1;
    int last = values[rest];
    size = rest;
    return last;
  }

  void add(int value) {
    int count = size;
    int[] current = values;
    if (count == current.length) {
      current = Arrays.copyOf(current, count * 2);
    }
    current[count] = value;
    values = current;
    size = count + 1;
  }
}
