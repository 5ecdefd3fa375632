// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import static dev.weir.benchmarks.timestream.RefusedException.invalid;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What can be seen of a SELECT from afar: its columns, the text without its literals, and those.
 *
 * @param columns the expressions of the select list, without their aliases
 * @param names what the columns are called in the answer
 * @param bare the text with each string literal as {@code ''}, for patterns to look at
 * @param literals the string literals, without quotes
 */
record SqlOutline(List<String> columns, List<String> names, String bare, List<String> literals) {

  private static final String SELECT = "SELECT ";

  static SqlOutline of(String text) {
    StringBuilder bare = new StringBuilder(Math.min(text.length(), 16_384));
    List<String> literals = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      bare.append(next);
      if (next == '\'') {
        at = literal(text, at + 1, literals);
        bare.append('\'');
      }
    }
    List<String> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String item : selectList(bare.toString())) {
      int alias = item.toUpperCase(Locale.ROOT).lastIndexOf(" AS ");
      String expression = alias < 0 ? item : item.substring(0, alias);
      String name = alias < 0 ? item : item.substring(alias + " AS ".length());
      columns.add(expression.strip());
      names.add(name.replace("\"", "").strip());
    }
    return new SqlOutline(columns, names, bare.toString(), literals);
  }

  /** The string literals of any statement. */
  static List<String> literals(String text) {
    List<String> literals = new ArrayList<>();
    for (int at = text.indexOf('\''); at >= 0; at = text.indexOf('\'', at + 1)) {
      at = literal(text, at + 1, literals);
    }
    return literals;
  }

  /** Reads to the closing quote and gives its place. */
  private static int literal(String text, int start, List<String> literals) {
    int at = text.indexOf('\'', start);
    while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == '\'') {
      at = text.indexOf('\'', at + 2);
    }
    if (at < 0) {
      throw invalid("a string literal is not closed");
    }
    literals.add(text.substring(start, at).replace("''", "'"));
    return at;
  }

  private static List<String> selectList(String bare) {
    if (!bare.regionMatches(true, 0, SELECT, 0, SELECT.length())) {
      throw invalid("not understood: %s", bare);
    }
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = SELECT.length();
    for (int at = start; at < bare.length(); at++) {
      char next = bare.charAt(at);
      if (next == '"') {
        at = bare.indexOf('"', at + 1);
      } else if (next == '(') {
        depth++;
      } else if (next == ')') {
        depth--;
      } else if (next == ',' && depth == 0) {
        items.add(bare.substring(start, at).strip());
        start = at + 1;
      } else if (depth == 0 && bare.regionMatches(true, at, " FROM ", 0, " FROM ".length())) {
        items.add(bare.substring(start, at).strip());
        return items;
      }
    }
    items.add(bare.substring(start).strip());
    return items;
  }
}
