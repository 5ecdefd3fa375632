// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreValuesTest {

  @Test
  void takesTheNamesThatTimestreamTakes() {
    assertThat(new TableName("weir", "a.b-c_1")).hasToString("weir.a.b-c_1");
    assertThatThrownBy(() -> new TableName("we", "prometheus"))
        .hasMessage("database name \"we\" must have 3 to 256 characters of a-z A-Z 0-9 _ . -");
    assertThatThrownBy(() -> new TableName("weir", "x\"; y"))
        .hasMessageStartingWith("table name \"x\"; y\"");
    assertThatThrownBy(() -> new TableName("weir", "t".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ordersRejectionsByTheirPlaceInTheBatch() {
    Rejection first = new Rejection(1, Rejection.Reason.TOO_OLD, "old");
    Rejection second = new Rejection(4, Rejection.Reason.CONFLICT, "other value", 2L);
    assertThat(new WriteOutcome(3, 1, List.of(second, first)).rejections())
        .containsExactly(first, second);
  }

  @Test
  void refusesRulesThatMakeNoSense() {
    assertThatThrownBy(() -> TableRules.own(Duration.ofMinutes(5)))
        .hasMessage("retention PT5M is shorter than one hour");
    assertThat(TableRules.own(Duration.ofDays(365)).dimensionsMax()).isEqualTo(1_024);
  }

  @Test
  void namesQueriesInLettersAndDigits() {
    QueryRequest request = new QueryRequest("SELECT 1", Scope.all(), Instant.EPOCH);
    assertThat(request.named("Q1").paged(3).resume("t"))
        .isEqualTo(new QueryRequest("SELECT 1", Scope.all(), Instant.EPOCH, 3, "t", "Q1"));
    assertThatThrownBy(() -> request.named("a-b")).hasMessage("query id a-b");
    assertThatThrownBy(() -> request.named("q".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsWhichFailuresAreWorthARepeat() {
    assertThat(StoreException.Kind.BAD_REQUEST.retryable()).isFalse();
    assertThat(StoreException.Kind.CONFLICT.retryable()).isFalse();
    assertThat(
            List.of(StoreException.Kind.values()).stream()
                .filter(kind -> !kind.retryable())
                .toList())
        .hasSize(2);
  }

  @Test
  void keepsWhatItIsWhenMoreIsKnownOfAFailure() {
    StoreException plain =
        new StoreException(
            StoreException.Kind.BAD_REQUEST, "too long", Duration.ofSeconds(3), null);
    StoreException known = plain.with(StoreException.Detail.ROW_TOO_LARGE);
    assertThat(plain.detail()).isEmpty();
    assertThat(known.detail()).contains(StoreException.Detail.ROW_TOO_LARGE);
    assertThat(known.kind()).isEqualTo(StoreException.Kind.BAD_REQUEST);
    assertThat(known.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(known).hasMessage("too long").hasCause(plain);
  }
}
