// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexShapeTest {

  @Test
  void readsAlternationsAsSets() {
    assertThat(RegexShape.of("a|b|c")).isEqualTo(literals("a", "b", "c"));
    assertThat(RegexShape.of("(a|b)")).isEqualTo(literals("a", "b"));
    assertThat(RegexShape.of("(?:a|b)")).isEqualTo(literals("a", "b"));
    assertThat(RegexShape.of("x|")).isEqualTo(literals("x", ""));
    assertThat(RegexShape.of("")).isEqualTo(literals(""));
    assertThat(RegexShape.of("10\\.0\\.0\\.1:9100|b")).isEqualTo(literals("10.0.0.1:9100", "b"));
    assertThat(RegexShape.of("it's|50%|a_b")).isEqualTo(literals("it's", "50%", "a_b"));
  }

  @Test
  void readsEverythingAndEverythingButEmpty() {
    assertThat(RegexShape.of(".*")).isEqualTo(new RegexShape.Anything());
    assertThat(RegexShape.of(".+")).isEqualTo(new RegexShape.NotEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "foo.*, foo",
    "foo.+, foo",
    "foo*, fo",
    "foo?bar, fo",
    "foo{2}, fo",
    "foo+, foo",
    "foo\\.b[ab], foo.b",
    "foo\\d, foo",
    "foo(a|b), foo",
    "foo(?:a|b), foo",
    "foo$, foo",
    "fo😀*, fo",
  })
  void readsLiteralPrefixes(String regex, String prefix) {
    assertThat(RegexShape.of(regex)).isEqualTo(new RegexShape.Prefix(prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)foo",
        "foo(?i)bar",
        "ab(?)*",
        "a.*|b",
        "^foo",
        "[a-z]+",
        "x*",
        "(a)|(b)",
        "a(b|c)d|e",
        "a[|]b|c",
        "a\\|b.*|c",
        "\\Qa|b\\E",
        "(a|b)c|d.*",
        "((a|b))x|y"
      })
  void leavesTheRestAlone(String regex) {
    assertThat(RegexShape.of(regex)).isEqualTo(new RegexShape.Opaque());
  }

  /** Whatever the expression: a shape that is read never says less or more than the expression. */
  @Test
  void neverContradictsTheExpression() {
    String[] parts = {
      "a", "b", "ab", "|", "(", ")", "(?:", ".", "*", "+", "?", "[ab]", "\\.", "\\|", "{2}", "^",
      "$"
    };
    List<String> texts =
        List.of("", "a", "b", "ab", "aa", "ba", "abab", ".", "|", "a.", "a|b", "aab", "bb", "a\nb");
    Random random = new Random(99);
    int compiled = 0;
    for (int round = 0; round < 30_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      String regex = text.toString();
      Pattern pattern;
      try {
        pattern = Pattern.compile(regex, Pattern.DOTALL);
      } catch (PatternSyntaxException e) {
        continue;
      }
      compiled++;
      RegexShape shape = RegexShape.of(regex);
      for (String candidate : texts) {
        boolean matches = pattern.matches(candidate);
        if (!agrees(shape, candidate, matches)) {
          throw new AssertionError(
              "/%s/ reads as %s, but \"%s\" matches: %s"
                  .formatted(regex, shape, candidate, matches));
        }
      }
    }
    assertThat(compiled).isGreaterThan(5_000);
  }

  private static boolean agrees(RegexShape shape, String text, boolean matches) {
    return switch (shape) {
      case RegexShape.Literals(Set<String> texts) -> texts.contains(text) == matches;
      case RegexShape.Prefix(String prefix) -> !matches || text.startsWith(prefix);
      case RegexShape.Anything() -> matches;
      case RegexShape.NotEmpty() -> text.isEmpty() != matches;
      case RegexShape.Opaque() -> true;
    };
  }

  private static RegexShape literals(String... texts) {
    return new RegexShape.Literals(Set.of(texts));
  }
}
