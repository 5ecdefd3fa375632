// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import java.util.Locale;

/** What a query's text begins with; its meaning is the store's business. */
enum StatementKind {
  /** Reads points and is metered. */
  SELECT,
  /** SHOW and DESCRIBE, which cost nothing. */
  CATALOG;

  static StatementKind of(String text) {
    int from = skipBlanks(text);
    int to = from;
    while (to < text.length() && Character.isLetter(text.charAt(to))) {
      to++;
    }
    return switch (text.substring(from, to).toUpperCase(Locale.ROOT)) {
      case "SHOW", "DESCRIBE", "DESC" -> CATALOG;
      default -> SELECT;
    };
  }

  /** Where the first word begins, after blanks and comments. */
  private static int skipBlanks(String text) {
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else {
        return at;
      }
    }
    return at;
  }
}
