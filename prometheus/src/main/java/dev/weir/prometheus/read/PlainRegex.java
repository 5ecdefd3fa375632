// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

/**
 * Tells which regular expressions mean the same to RE2, to Java and to Joni, and cost a
 * backtracking engine little, so that a store may filter by them: letters, sets, dots, a few
 * alternations, and at most two repetitions, none of a group. What matches for Prometheus then
 * matches for the store; the little that a store lets through besides, as before a line feed at the
 * end, is dropped above.
 */
final class PlainRegex {

  /** Each one multiplies what a failing match may try. */
  private static final int REPEATS_MAX = 2;

  private static final int GROUPS_MAX = 2;
  private static final int LENGTH_MAX = 1_000;

  private final String regex;
  private int at;
  private int depth;
  private int groups;
  private int repeats;

  /** Whether a sign of repetition may stand here. */
  private boolean afterAtom;

  private PlainRegex(String regex) {
    this.regex = regex;
  }

  /** Whether an expression that RE2 takes is plain. */
  static boolean is(String regex) {
    return regex.length() <= LENGTH_MAX && new PlainRegex(regex).isPlain();
  }

  private boolean isPlain() {
    while (at < regex.length()) {
      if (!next(regex.charAt(at++))) {
        return false;
      }
    }
    return depth == 0 && repeats <= REPEATS_MAX && groups <= GROUPS_MAX;
  }

  private boolean next(char character) {
    switch (character) {
      case '(' -> {
        at += regex.startsWith("?:", at) ? 2 : 0;
        depth++;
        groups++;
        afterAtom = false;
      }
      case ')' -> {
        depth--;
        afterAtom = false;
      }
      case '|' -> afterAtom = false;
      case '*', '+', '?' -> {
        repeats++;
        boolean plain = afterAtom;
        afterAtom = false;
        return plain;
      }
      case '[' -> {
        afterAtom = true;
        return characterSet();
      }
      case '\\' -> {
        afterAtom = true;
        return at < regex.length() && isSign(regex.charAt(at++));
      }
      case ']', '{', '}', '^', '$' -> {
        return false;
      }
      default -> afterAtom = !Character.isSurrogate(character);
    }
    return depth >= 0;
  }

  /** Letters, digits, ranges of them and an underscore. */
  private boolean characterSet() {
    at += regex.startsWith("^", at) ? 1 : 0;
    int from = at;
    while (at < regex.length() && regex.charAt(at) != ']') {
      if (!word()) {
        return false;
      }
      if (regex.startsWith("-", at)) {
        at++;
        if (!word()) {
          return false;
        }
      }
    }
    return at++ > from;
  }

  private boolean word() {
    return at < regex.length() && isWord(regex.charAt(at++));
  }

  private static boolean isWord(char character) {
    return character == '_' || (character < 0x7F && Character.isLetterOrDigit(character));
  }

  private static boolean isSign(char character) {
    return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
  }
}
