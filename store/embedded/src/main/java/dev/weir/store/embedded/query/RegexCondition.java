// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.store.embedded.function.BadValueException;
import dev.weir.store.embedded.function.QueryCalls;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A regular expression that is asked once per distinct text, for as long as its query may run. */
final class RegexCondition {

  private final Pattern pattern;
  private final boolean whole;
  private final QueryCalls calls;
  private final Map<String, Boolean> answers = new HashMap<>();

  private RegexCondition(Pattern pattern, boolean whole, QueryCalls calls) {
    this.pattern = pattern;
    this.whole = whole;
    this.calls = calls;
  }

  /** {@code regexp_like}: matches where some part does. */
  static RegexCondition contains(String regex, QueryCalls calls) {
    return new RegexCondition(calls.pattern(regex), false, calls);
  }

  /** {@code LIKE}: the whole text must match. */
  static RegexCondition like(String pattern, char escape, QueryCalls calls) {
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
    return new RegexCondition(Pattern.compile(regex.toString(), Pattern.DOTALL), true, calls);
  }

  boolean matches(String text) {
    Boolean known = answers.get(text);
    if (known == null) {
      var matcher = pattern.matcher(calls.watched(text));
      try {
        known = whole ? matcher.matches() : matcher.find();
      } catch (StackOverflowError e) {
        throw new BadValueException(BadValueException.TOO_DEEP);
      }
      answers.put(text, known);
    }
    return known;
  }
}
