// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a regular expression plainly is, where it is something that SQL can say. Reads a small, safe
 * part of RE2's syntax; everything else is {@link Opaque}, which is never wrong.
 */
sealed interface RegexShape {

  /** Prometheus makes sets of alternations up to about this size, too. */
  int LITERALS_MAX = 1_000;

  /** Exactly these texts. */
  record Literals(Set<String> texts) implements RegexShape {}

  /** All that matches begins with this; some that begins with it may not match. */
  record Prefix(String text) implements RegexShape {}

  /** Everything, the empty text too. */
  record Anything() implements RegexShape {}

  /** Everything but the empty text. */
  record NotEmpty() implements RegexShape {}

  /** Something else. */
  record Opaque() implements RegexShape {}

  /** The shape of an expression that compiles and is anchored at both ends, dot matching all. */
  static RegexShape of(String regex) {
    if (regex.equals(".*")) {
      return new Anything();
    }
    if (regex.equals(".+")) {
      return new NotEmpty();
    }
    Set<String> texts = literals(inner(regex));
    if (!texts.isEmpty()) {
      return new Literals(texts);
    }
    String prefix = prefix(regex);
    return prefix.isEmpty() ? new Opaque() : new Prefix(prefix);
  }

  /** Without one pair of parentheses around the whole. */
  private static String inner(String regex) {
    int from = regex.startsWith("(?:") ? 3 : regex.startsWith("(") ? 1 : 0;
    boolean whole = from > 0 && regex.endsWith(")") && regex.indexOf('(', 1) < 0;
    return whole ? regex.substring(from, regex.length() - 1) : regex;
  }

  /** The texts of an alternation of literals; empty where it is not one. */
  private static Set<String> literals(String regex) {
    Set<String> texts = new LinkedHashSet<>();
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < regex.length(); at++) {
      char character = regex.charAt(at);
      if (character == '|') {
        texts.add(text.toString());
        text.setLength(0);
      } else if (isEscaped(regex, at)) {
        text.append(regex.charAt(++at));
      } else if (isSpecial(character)) {
        return Set.of();
      } else {
        text.append(character);
      }
    }
    texts.add(text.toString());
    return texts.size() > LITERALS_MAX ? Set.of() : texts;
  }

  private static String prefix(String regex) {
    StringBuilder prefix = new StringBuilder();
    int at = 0;
    while (at < regex.length()) {
      if (isEscaped(regex, at)) {
        prefix.append(regex.charAt(at + 1));
        at += 2;
      } else if (isSpecial(regex.charAt(at)) || regex.charAt(at) == '|') {
        break;
      } else {
        prefix.append(regex.charAt(at++));
      }
    }
    if (mayAlternate(regex, at) || hasFlags(regex, at)) {
      return "";
    }
    boolean lastIsOptional = at < regex.length() && "*?{".indexOf(regex.charAt(at)) >= 0;
    if (lastIsOptional && !prefix.isEmpty()) {
      prefix.setLength(prefix.offsetByCodePoints(prefix.length(), -1));
    }
    return prefix.toString();
  }

  /** Whether there may be an alternative to the prefix: a bar outside of parentheses. */
  private static boolean mayAlternate(String regex, int from) {
    if (regex.indexOf('|', from) < 0) {
      return false;
    }
    if (regex.indexOf('[', from) >= 0 || regex.indexOf('\\', from) >= 0) {
      return true;
    }
    int depth = 0;
    for (int at = from; at < regex.length(); at++) {
      switch (regex.charAt(at)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '|' -> {
          if (depth == 0) {
            return true;
          }
        }
        default -> {
          // Anything else does not change the depth.
        }
      }
    }
    return false;
  }

  /**
   * Whether there is a group that sets flags or has a name; a sign after it may reach before it.
   */
  private static boolean hasFlags(String regex, int from) {
    for (int at = regex.indexOf("(?", from); at >= 0; at = regex.indexOf("(?", at + 1)) {
      if (!regex.startsWith("(?:", at)) {
        return true;
      }
    }
    return false;
  }

  /** A backslash before an ASCII sign takes its special meaning; before a letter it gives one. */
  private static boolean isEscaped(String regex, int at) {
    if (regex.charAt(at) != '\\' || at + 1 >= regex.length()) {
      return false;
    }
    char next = regex.charAt(at + 1);
    return next > ' ' && next < 0x7F && !Character.isLetterOrDigit(next);
  }

  private static boolean isSpecial(char character) {
    return "\\.+*?()[]{}^$".indexOf(character) >= 0;
  }
}
