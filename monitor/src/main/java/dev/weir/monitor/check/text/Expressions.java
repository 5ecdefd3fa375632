// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;

/** Expressions that a site gives, tried once so that no run meets a wrong one. */
final class Expressions {

  static final int LENGTH_MAX = 1_000;

  private Expressions() {}

  /** An RE2 expression, unchanged. */
  static String regular(String text) {
    try {
      Pattern.compile(Fields.limited(text, LENGTH_MAX));
      return text;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is no RE2 expression: %s: %s"
              .formatted(e.getDescription(), Quantities.shown(String.valueOf(e.getPattern()))),
          e);
    }
  }

  /**
   * A JSONPath, unchanged. What makes its work grow faster than the body is refused, since both may
   * come from a customer.
   */
  static String path(String text) {
    if (Fields.limited(text, LENGTH_MAX).contains("=~")) {
      // its expressions are the platform's, which may take for ever
      throw new IllegalArgumentException("has =~ in it, which is not offered: use matches");
    }
    if (text.indexOf("..") != text.lastIndexOf("..")) {
      throw new IllegalArgumentException("has .. more than once");
    }
    int filter = text.indexOf("?(");
    if (filter >= 0 && text.indexOf('$', filter) >= 0) {
      throw new IllegalArgumentException("has $ inside a filter, which begins with @");
    }
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("is no JSONPath: it begins with $");
    }
    try {
      JsonPath.compile(text);
      return text;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no JSONPath" + reason(e.getMessage()), e);
    } catch (RuntimeException e) {
      // what its parser did not think of, such as a number that is too large
      throw new IllegalArgumentException("is no JSONPath", e);
    }
  }

  /** Its parser wraps the platform's exceptions, whose names help nobody. */
  private static String reason(@Nullable String message) {
    return message == null || message.contains("Exception") ? "" : ": " + Quantities.shown(message);
  }
}
