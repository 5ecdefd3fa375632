// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

/**
 * Limits the values that stand for nothing. A row that is NULL takes a place in each of its fields,
 * so that few bytes of answer could claim much memory; everything else is as large as its text.
 */
final class CellCount {

  /** Of a page: fields of rows that are NULL. Pages of 1 MB have fewer than 60,000 such rows. */
  static final int EMPTY_MAX = 4_000_000;

  private int empty;

  void addEmpty(int cells) {
    empty += cells;
    if (empty > EMPTY_MAX) {
      throw Unreadable.answer("rows that are NULL have more than %,d fields".formatted(EMPTY_MAX));
    }
  }
}
