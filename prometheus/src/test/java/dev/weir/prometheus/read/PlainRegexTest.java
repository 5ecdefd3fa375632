// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRegexTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team-[0-4]",
        "10\\.0\\..*:9[0-9]+",
        "a(b|c)d",
        "[^a-f_]x",
        "a|b.*",
        "(?:a|b)c?",
        "ü.+"
      })
  void takesWhatAllEnginesReadAlike(String regex) {
    assertThat(PlainRegex.is(regex)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)a",
        "(a|b)*",
        "a*?",
        "a*+",
        "a{2}",
        "^a",
        "a$",
        "\\d",
        "\\pL",
        "[[:alpha:]]",
        "[a&&b]",
        "[a-]",
        "[a-c-e]",
        "[]a]",
        ".*.*.*",
        "(a)(b)(c)",
        "[ü]",
        "\\",
        "(",
        ")",
        "[",
        "(?P<n>a)",
        "a?b?c?"
      })
  void leavesTheRest(String regex) {
    assertThat(PlainRegex.is(regex)).isFalse();
  }

  /** What matches for Prometheus must match for a store whose engine is Java's. */
  @Test
  void neverHidesWhatMatches() {
    String[] parts = {
      "a", "b", "-", "|", "(", ")", "(?:", ".", "*", "+", "?", "[ab]", "[^a]", "[a-c]", "\\.", " ",
      "]", "#"
    };
    List<String> texts =
        List.of("", "a", "b", "ab", "aab", "b-a", ".", "a\nb", "a b", "c", "a#", "ba.");
    Random random = new Random(12);
    int plain = 0;
    for (int round = 0; round < 40_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(7); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      String regex = text.toString();
      Pattern re2;
      try {
        re2 = Pattern.compile(regex, Pattern.DOTALL);
      } catch (PatternSyntaxException e) {
        continue;
      }
      if (!PlainRegex.is(regex)) {
        continue;
      }
      plain++;
      var store = java.util.regex.Pattern.compile("^(?s:" + regex + ")$");
      for (String candidate : texts) {
        if (re2.matches(candidate) && !store.matcher(candidate).find()) {
          throw new AssertionError("/%s/ hides \"%s\"".formatted(regex, candidate));
        }
      }
    }
    assertThat(plain).isGreaterThan(2_000);
  }
}
