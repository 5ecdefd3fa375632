// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import org.jspecify.annotations.Nullable;

/**
 * Judges a regular expression before it is compiled. RE2 matches in linear time, but a few nested
 * repetitions ({@code ((a{10}){10}){10}…}) compile to a program that fills all memory, and deep
 * nesting or long chains of repetitions overflow the stack. Reads just enough of the syntax for an
 * upper bound.
 */
final class RegexCost {

  /** As deep as anyone writes by hand, many times over; Go refuses more than 1,000. */
  private static final int DEPTH_MAX = 200;

  /** Repetitions in one expression. */
  private static final int REPEATS_MAX = 500;

  /** Instructions that the expression compiles to, at the most. */
  private static final long SIZE_MAX = 100_000;

  private final String regex;
  private int at;
  private int depth;
  private int repeats;

  private RegexCost(String regex) {
    this.regex = regex;
  }

  /** Why an expression is too much, or null. */
  static @Nullable String problem(String regex) {
    RegexCost cost = new RegexCost(regex);
    try {
      long size = 0;
      while (cost.at < regex.length() && size <= SIZE_MAX) {
        size += cost.alternatives();
      }
      if (size > SIZE_MAX) {
        return "it repeats to more than " + SIZE_MAX + " steps";
      }
      return cost.repeats > REPEATS_MAX ? "it has more than " + REPEATS_MAX + " repetitions" : null;
    } catch (TooDeep _) {
      return "it nests deeper than " + DEPTH_MAX;
    }
  }

  private static final class TooDeep extends Exception {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super("too deep", null, false, false);
    }
  }

  /** Reads to the end of a group, and over its parenthesis. */
  private long alternatives() throws TooDeep {
    if (++depth > DEPTH_MAX) {
      throw new TooDeep();
    }
    long size = 1;
    long last = 0;
    while (at < regex.length() && size <= SIZE_MAX) {
      char character = regex.charAt(at++);
      switch (character) {
        case ')' -> {
          depth--;
          return size;
        }
        case '(' -> {
          last = alternatives() + 2;
          size += last;
        }
        case '*', '+', '?' -> {
          repeats++;
          size++;
        }
        case '{' -> size += last * (repetition() - 1);
        case '[' -> {
          characterClass();
          last = 1;
          size++;
        }
        case '\\' -> {
          size += escape();
          last = 1;
        }
        default -> {
          last = 1;
          size++;
        }
      }
    }
    depth--;
    return size;
  }

  /** The most that {@code {n}}, {@code {n,}} or {@code {n,m}} repeats; 1 where it is plain text. */
  private long repetition() {
    int end = regex.indexOf('}', at);
    if (end < 0 || end - at > 9) {
      return 1;
    }
    long most = 1;
    for (String part : regex.substring(at, end).split(",")) {
      if (part.isEmpty() || !part.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
        return 1;
      }
      most = Math.max(most, Long.parseLong(part) + 1);
    }
    repeats++;
    at = end + 1;
    return most;
  }

  private void characterClass() {
    if (regex.startsWith("^", at)) {
      at++;
    }
    if (regex.startsWith("]", at)) {
      at++;
    }
    while (at < regex.length() && regex.charAt(at) != ']') {
      int posix = regex.startsWith("[:", at) ? regex.indexOf(":]", at + 2) : -1;
      if (posix >= 0) {
        at = posix + 2;
      } else {
        at += regex.charAt(at) == '\\' ? 2 : 1;
      }
    }
    at++;
  }

  /** What follows a backslash: a character, with its braces where it takes them, or quoted text. */
  private int escape() {
    int from = at;
    if (regex.startsWith("Q", at)) {
      int end = regex.indexOf("\\E", at);
      at = end < 0 ? regex.length() : end + 2;
    } else if (at < regex.length()) {
      char character = regex.charAt(at++);
      boolean braces = "pPx".indexOf(character) >= 0 && regex.startsWith("{", at);
      int end = braces ? regex.indexOf('}', at) : -1;
      at = end >= 0 ? end + 1 : at;
    }
    return at - from;
  }
}
