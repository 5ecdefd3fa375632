// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that is asked once per distinct text. Java's engine can take exponential
 * time, so it reads the text through a view that gives up after a number of steps.
 */
final class RegexCondition {

  /** Reads of single characters for one text; a sane pattern takes a few per character. */
  private static final int STEPS_MAX = 5_000_000;

  private final Pattern pattern;
  private final boolean whole;
  private final Map<String, Boolean> answers = new HashMap<>();

  private RegexCondition(Pattern pattern, boolean whole) {
    this.pattern = pattern;
    this.whole = whole;
  }

  /** {@code regexp_like}: matches where some part does. */
  static RegexCondition contains(String regex) {
    try {
      return new RegexCondition(Pattern.compile(regex), false);
    } catch (PatternSyntaxException e) {
      throw new StoreException(
          Kind.BAD_REQUEST, "invalid regular expression: " + e.getDescription(), e);
    }
  }

  /** {@code LIKE}: the whole text must match. */
  static RegexCondition like(String pattern, char escape) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (escape != 0 && character == escape && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(pattern.substring(i, i + 1)));
      } else if (character == '%') {
        regex.append(".*");
      } else if (character == '_') {
        regex.append('.');
      } else {
        int end = i + Character.charCount(pattern.codePointAt(i));
        regex.append(Pattern.quote(pattern.substring(i, end)));
        i = end - 1;
      }
    }
    return new RegexCondition(Pattern.compile(regex.toString(), Pattern.DOTALL), true);
  }

  boolean matches(String text) {
    Boolean known = answers.get(text);
    if (known == null) {
      var matcher = pattern.matcher(new Counted(text, new int[1]));
      known = whole ? matcher.matches() : matcher.find();
      answers.put(text, known);
    }
    return known;
  }

  private record Counted(String text, int[] steps) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > STEPS_MAX) {
        throw new StoreException(
            Kind.BAD_REQUEST, "the regular expression takes too many steps; simplify it");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.substring(start, end), steps);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
