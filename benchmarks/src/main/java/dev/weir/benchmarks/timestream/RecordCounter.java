// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

/** Counts the records of a WriteRecords body without reading it: a nanosecond or so a byte. */
final class RecordCounter {

  private static final byte[] RECORDS = {'R', 'e', 'c', 'o', 'r', 'd', 's'};

  private RecordCounter() {}

  /** The objects in the array of the top member {@code Records}. */
  static int count(byte[] json, int length) {
    int records = 0;
    int depth = 0;
    boolean named = false;
    boolean inside = false;
    for (int at = 0; at < length; at++) {
      switch (json[at]) {
        case '"' -> {
          int start = at + 1;
          at = closingQuote(json, start);
          if (depth == 1) {
            named = isRecords(json, start, at);
          }
        }
        case '{' -> {
          depth++;
          records += inside && depth == 3 ? 1 : 0;
        }
        case '[' -> {
          depth++;
          inside |= named && depth == 2;
        }
        case '}', ']' -> {
          depth--;
          inside &= depth > 1;
        }
        default -> {}
      }
    }
    return records;
  }

  private static int closingQuote(byte[] json, int start) {
    int at = start;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static boolean isRecords(byte[] json, int start, int end) {
    if (end - start != RECORDS.length) {
      return false;
    }
    for (int i = 0; i < RECORDS.length; i++) {
      if (json[start + i] != RECORDS[i]) {
        return false;
      }
    }
    return true;
  }
}
