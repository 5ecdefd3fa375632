// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegexCostTest {

  @Test
  void takesWhatPeopleAndDashboardsWrite() {
    for (String regex :
        List.of(
            "",
            "a|b|c",
            ".*",
            "(?i)prod-.*|staging-[0-9]{1,3}",
            "10\\.0\\.[0-9]+\\.[0-9]+:9100",
            "[[:alpha:]]+[]x]*",
            "\\p{Greek}+\\x{1F600}",
            "\\Q(((\\E.*",
            "a{1000}",
            "(instance-[0-9a-f]+|)".repeat(60),
            "pod-name-with-some-length|".repeat(2_000) + "x.*")) {
      assertThat(RegexCost.problem(regex)).as(regex).isNull();
    }
  }

  @Test
  void refusesWhatWouldFillMemoryOrTheStack() {
    for (String regex :
        List.of(
            "(((((((a{10}){10}){10}){10}){10}){10}){10})",
            "(a{1000}){1000}",
            "((a{100}){100}){100}",
            "(\\Q)\\Ea{1000}){1000}",
            "([)]a{1000}){1000}",
            "(\\)a{1000}){1000}",
            "()(a{1000}){1000}",
            ")(a{1000}){1000}",
            "(".repeat(30_000) + ")".repeat(30_000),
            "[a-z]*".repeat(10_000),
            "(a*)*".repeat(5_000),
            "(?:".repeat(5_000) + "a" + ")*".repeat(5_000))) {
      assertThat(RegexCost.problem(regex)).as(regex.substring(0, 15)).isNotNull();
      assertThatThrownBy(() -> LabelMatcher.of(LabelMatcher.Type.REGEX, "a", regex))
          .isInstanceOf(BadReadException.class);
    }
  }

  @Test
  void leavesStackAndTimeForWhatItTakes() throws Exception {
    String deep = "(".repeat(150) + "a" + "*)".repeat(150);
    String chain = "[a-z]*".repeat(499);
    Throwable[] failure = {null};
    Thread thread =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, e) -> failure[0] = e)
            .start(() -> {
              for (String regex : List.of(deep, chain, "a{1000}")) {
                try {
                  LabelMatcher.of(LabelMatcher.Type.REGEX, "a", regex)
                      .matches("a".repeat(2_000) + "!");
                } catch (BadReadException e) {
                  failure[0] = e;
                }
              }
            });
    thread.join();
    assertThat(failure[0]).isNull();
  }
}
