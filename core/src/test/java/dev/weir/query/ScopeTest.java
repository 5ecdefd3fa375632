// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScopeTest {

  @Test
  void includesEverythingOrWhatItNames() {
    assertThat(Scope.all().includes("any")).isTrue();
    assertThat(Scope.of(Set.of("weir")).includes("weir")).isTrue();
    assertThat(Scope.of(Set.of("weir")).includes("Weir")).isFalse();
  }

  @Test
  void matchesGlobsOverTheWholeName() {
    Scope scope = Scope.matching(List.of("team-*", "a?c", "*x*y"));
    assertThat(scope.includes("team-")).isTrue();
    assertThat(scope.includes("team-one")).isTrue();
    assertThat(scope.includes("my-team-one")).isFalse();
    assertThat(scope.includes("abc")).isTrue();
    assertThat(scope.includes("ac")).isFalse();
    assertThat(scope.includes("abcd")).isFalse();
    assertThat(scope.includes("1x2xy3y")).isTrue();
    assertThat(scope.includes("1y2x")).isFalse();
    assertThat(Scope.matching(List.of()).includes("any")).isFalse();
  }

  @Test
  @Timeout(value = 60, unit = SECONDS)
  void judgesAGlobOfManyStarsSoon() {
    assertThat(Scope.matching(List.of("*a".repeat(100) + "b")).includes("a".repeat(250))).isFalse();
  }
}
