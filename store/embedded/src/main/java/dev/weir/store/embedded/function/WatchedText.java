// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

/**
 * A text for Java's regular expressions, which can take exponential time and ignore interrupts:
 * every so many characters it is asked whether the query was cancelled.
 */
final class WatchedText implements CharSequence {

  /** Characters read between two looks, well under a millisecond. */
  private static final int INTERVAL = 4_096;

  private final String text;
  private final QueryCalls query;
  private int reads;

  WatchedText(String text, QueryCalls query) {
    this.text = text;
    this.query = query;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++reads >= INTERVAL) {
      reads = 0;
      query.checkCancelled();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
