// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Site;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a text holds, it is taken or its problems are told, each on one line. */
class BrokenTextsTest {

  private static final int ROUNDS = 600;

  private static final String[] PIECES = {
    "\"",
    "'",
    "\\",
    "\n",
    "\r",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "- ",
    "&a ",
    "*a",
    "!!x ",
    "#",
    "|",
    ">",
    "%",
    "@",
    "`",
    "~",
    "null",
    "true",
    "0",
    "-1",
    "1e999999999",
    "99999999999999999999",
    "999999999d",
    "$",
    "${",
    "${env:A}",
    "${file:../x}",
    "..",
    "=~",
    "(((((",
    "\\u0000",
    "\u0000",
    "\uFEFF",
    "\uD800",
    "😀",
    "\u2028",
    "<<: ",
    "? ",
    "---",
    "...",
    "sites:",
    "http://",
    "[::",
    "xn--",
    "2xx",
    "a{1000}{1000}",
    "$[?(@.a",
    "9999-99-99T99:99:99Z",
    "+99:99",
    "Mars/Base"
  };

  private final String example = SitesPageTest.read("docs/examples/sites.yaml");

  @Test
  void takesOrRefusesWhateverComes() {
    String json = Readings.file(Readings.sites(example));
    for (String text : List.of(example, json)) {
      int refused = 0;
      for (long seed = 0; seed < ROUNDS; seed++) {
        String broken = broken(text, new Random(seed));
        try {
          refused += problems(broken).isEmpty() ? 0 : 1;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
          throw new AssertionError("seed " + seed + " of\n" + broken, e);
        }
      }
      assertThat(refused).isBetween(ROUNDS / 2, ROUNDS - 1);
    }
  }

  private static List<SiteProblem> problems(String text) {
    return switch (new SiteReader("here").read("test", text)) {
      case SiteReader.Reading.Sites read -> {
        for (Site site : read.sites()) {
          byte[] stored = SiteWriter.write(site).getBytes(UTF_8);
          assertThat(Readings.sites(new String(stored, UTF_8))).containsExactly(site);
        }
        yield List.of();
      }
      case SiteReader.Reading.Refused refused -> {
        assertThat(refused.problems()).isNotEmpty();
        refused
            .problems()
            .forEach(problem -> {
              assertThat(problem.toString()).doesNotContain("\n").doesNotContain("\r");
              assertThat(problem.reason()).isNotBlank();
              assertThat(problem.line()).isBetween(1, (int) text.lines().count() + 1);
            });
        yield refused.problems();
      }
    };
  }

  /** Some pieces put in, or in the place of what was there. */
  private static String broken(String text, Random random) {
    StringBuilder broken = new StringBuilder(text);
    IntStream.rangeClosed(0, random.nextInt(3))
        .forEach(i -> {
          int at = random.nextInt(broken.length());
          int end = Math.min(broken.length(), at + random.nextInt(4));
          broken.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        });
    return broken.toString();
  }
}
