// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts that are made to be too much. */
@Timeout(90)
class TextLimitsTest {

  @Test
  void refusesATextThatIsTooLong() {
    String text = "#" + "x".repeat(SiteReader.CHARACTERS_MAX);
    assertThat(Readings.problems(text))
        .containsExactly("test:1: has 20,971,521 characters, at most 20,971,520");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    assertThat(Readings.problems("[".repeat(100_000)))
        .singleElement()
        .asString()
        .startsWith("test:1: beyond a limit: nested deeper than 32");
    assertThat(Readings.problems("a: " + "[".repeat(100_000)))
        .containsExactly("test:1: nested deeper than 32");
    assertThat(Readings.problems("- ".repeat(100_000)))
        .containsExactly("test:1: nested deeper than 32");
  }

  @Test
  void refusesAnchorsThatMultiply() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 20; i++) {
      String alias = "*a" + (i - 1);
      text.append("a").append(i).append(": &a").append(i).append(" [");
      text.append(IntStream.range(0, 10).mapToObj(each -> alias).collect(Collectors.joining(",")));
      text.append("]\n");
    }
    assertThat(Readings.problems(text.toString()))
        .containsExactly("test:7: more than 2,000,000 values, those of anchors included");
  }

  @Test
  void refusesAnchorsThatNestTooDeep() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i <= 40; i++) {
      text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    assertThat(Readings.problems(text.toString()))
        .singleElement()
        .asString()
        .matches("test:3\\d: nested deeper than 32");
  }

  @Test
  void refusesAnAnchorThatHoldsItselfOrThatThereIsNot() {
    assertThat(Readings.problems("&a [*a]"))
        .containsExactly("test:1: *a refers to nothing before it");
    assertThat(Readings.problems("sites: *b"))
        .containsExactly("test:1: *b refers to nothing before it");
  }

  @Test
  void refusesTooManyReferencesToAnchors() {
    String text =
        "- &a {id: a, endpoint: 'http://a.b'}\n" + "- *a\n".repeat(TextLimits.ALIASES_MAX + 1);
    assertThat(Readings.problems(text))
        .containsExactly("test:10002: more than 10,000 references to anchors");
  }

  @Test
  void sitesMayShareWhatAnAnchorHolds() {
    assertThat(
            Readings.sites(
                """
                - {id: a, endpoint: 'http://a.b', timeouts: &t {dns: 1s}}
                - {id: b, endpoint: 'http://a.b', timeouts: *t}
                """))
        .allSatisfy(
            site -> assertThat(site.check().timeouts().dns()).isEqualTo(Duration.ofSeconds(1)));
  }

  @Test
  void refusesListsAndTextsThatAreTooLong() {
    String many = IntStream.range(0, 33).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertThat(field("expect: {contains: [" + many + "]}"))
        .isEqualTo("expect.contains: has 33 entries, at most 32");
    String half = IntStream.range(0, 17).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertThat(field("expect: {contains: [" + half + "], matches: [" + half + "]}"))
        .isEqualTo("expect: has 34 rules for the body, at most 32");
    assertThat(field("expect: {contains: " + "x".repeat(4_097) + "}"))
        .isEqualTo("expect.contains: has 4,097 characters, at most 4,096");
    assertThat(field("expect: {matches: " + "x".repeat(1_001) + "}"))
        .isEqualTo("expect.matches: has 1,001 characters, at most 1,000");
    assertThat(field("regions: [" + many + "]")).isEqualTo("regions: has 33 entries, at most 32");
    assertThat(field("http: {method: POST, body: " + "x".repeat(65_537) + "}"))
        .isEqualTo("http.body: has 65,537 characters, at most 65,536");
    assertThat(field("http: {headers: {X: " + "x".repeat(4_097) + "}}"))
        .isEqualTo("http.headers.X: has 4,097 characters, at most 4,096");
    String headers =
        IntStream.range(0, 65).mapToObj(i -> "X" + i + ": y").collect(Collectors.joining(","));
    assertThat(field("http: {headers: {" + headers + "}}"))
        .isEqualTo("http.headers.X0: is one of 65 headers, at most 64");
    assertThat(field("name: " + "x".repeat(101)))
        .isEqualTo("name: has 101 characters, at most 100");
    assertThat(field("group: " + "😀".repeat(64)))
        .isEqualTo("group: has 64 characters, at most 63");
    assertThat(
            Readings.sites(
                "{id: a, endpoint: 'http://a.b/', name: '%s', group: '%s'}"
                    .formatted("😀".repeat(100), "😀".repeat(63))))
        .hasSize(1);
    assertThat(Readings.problems("- {id: a, endpoint: 'http://a.b/" + "x".repeat(2_048) + "'}"))
        .containsExactly("test:1: a: endpoint: has 2,059 characters, at most 2,048");
  }

  @Test
  void refusesASiteThatNoDocumentHolds() {
    String headers =
        IntStream.range(0, 64)
            .mapToObj(i -> "X" + i + ": " + "x".repeat(4_096))
            .collect(Collectors.joining(","));
    assertThat(
            field(
                "http: {method: POST, headers: {"
                    + headers
                    + "}, body: '"
                    + "ä".repeat(65_536)
                    + "'}"))
        .matches("has 39\\d,\\d{3} bytes as it is stored, at most 350,000");
  }

  private static String field(String field) {
    return Readings.problems("- id: a\n  endpoint: https://a.b/\n  " + field)
        .getFirst()
        .replaceFirst("^test:\\d+: a: ", "");
  }
}
