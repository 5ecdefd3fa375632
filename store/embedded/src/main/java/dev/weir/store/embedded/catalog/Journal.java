// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * A list that grows at its end and forgets its beginning; places keep their numbers. Not
 * thread-safe.
 */
final class Journal<T> {

  private List<T> entries = new ArrayList<>();
  private int first;

  /** How many were ever added. */
  int size() {
    return first + entries.size();
  }

  void add(T entry) {
    entries.add(entry);
  }

  /** Those between two places; they must not be forgotten yet. */
  List<T> slice(int from, int to) {
    return new ArrayList<>(entries.subList(from - first, to - first));
  }

  /** Forgets everything before a place. */
  void forget(int before) {
    if (before > first) {
      entries = new ArrayList<>(entries.subList(before - first, entries.size()));
      first = before;
    }
  }
}
