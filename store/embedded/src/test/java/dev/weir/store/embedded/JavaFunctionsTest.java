// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Scope;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.EmbeddedUnderTest.Between;
import dev.weir.store.kit.StoreContract;
import dev.weir.store.kit.StoreUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Functions in Java inside of the engine: refusals, TRY, NULL, and regular expressions that run.
 */
class JavaFunctionsTest extends StoreContract {

  private static final Duration DEADLINE = Duration.ofMillis(60);

  /** Within what a query ends once it has to. */
  private static final Duration SOON = Duration.ofMillis(100);

  /** A machine that is busy may need many until one is not held up. */
  private static final int TRIES_MAX = 60;

  @TempDir Path folder;

  @Override
  protected StoreUnderTest open() {
    return new EmbeddedUnderTest(folder, NOW, Between.NOTHING);
  }

  @Test
  void saysWhatIsWrongInWordsOfItsOwn() {
    write(point(series("m", "k", "a(b"), at(-3), 0));

    assertThatThrownBy(() -> rows("SELECT regexp_like('a', \"k\") FROM weir.contract"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST))
        .hasMessage("Invalid regular expression: Unclosed group");
    assertThatThrownBy(() -> rows("SELECT regexp_extract(\"k\", 'a(.)', 2) FROM weir.contract"))
        .hasMessage("Pattern has 1 groups. Cannot access group 2");
  }

  @Test
  void givesNullInsideOfTry() {
    write(point(series("m", "k", "(b"), at(-3), 0), point(series("m", "k", "b"), at(-2), 0));

    assertThat(
            rows(
                "SELECT try(regexp_like('abc', \"k\")), try(coalesce(regexp_like('a', \"k\"),"
                    + " true)) FROM weir.contract ORDER BY time"))
        .containsExactly(List.of("null", "null"), List.of("true", "false"));
  }

  @Test
  void stopsAnEndlessRegularExpressionSoonAfterItsDeadline() {
    write(point(series("m", "k", "x".repeat(2000)), at(-3), 0));
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < 3 || isTooSlow(best, DEADLINE) && i < TRIES_MAX; i++) {
      for (String query :
          List.of(
              "SELECT regexp_like(\"k\", '(x+x+)+y') FROM weir.contract",
              "SELECT try(regexp_like(\"k\", '(x+x+)+y')) FROM weir.contract",
              "SELECT measure_name FROM weir.contract WHERE regexp_like(\"k\", '(x+x+)+y')",
              "SELECT \"k\" FROM weir.contract WHERE regexp_extract(\"k\", '(x+x+)+y') = 'x'",
              "SELECT regexp_split(rpad('x', 2000, 'x'), '(x+x+)+y')")) {
        Duration took = untilStopped(query);
        best = took.compareTo(best) < 0 ? took : best;
      }
    }
    // The quickest of them, so that a busy machine does not count.
    assertThat(best).isBetween(DEADLINE, DEADLINE.plus(SOON));
    assertThat(rows("SELECT regexp_like('xxy', '(x+x+)+y')")).containsExactly(List.of("true"));
  }

  @Test
  void stopsAnEndlessRegularExpressionSoonAfterItWasCancelled() throws Exception {
    Duration best = Duration.ofDays(1);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 3 || isTooSlow(best, Duration.ZERO) && i < TRIES_MAX; i++) {
        String id = "endless" + i;
        QueryRequest request =
            new QueryRequest(
                    "SELECT regexp_like(rpad('x', 2000, 'x'), '(x+x+)+y')", Scope.all(), deadline())
                .named(id);
        Future<?> query = executor.submit(() -> store().queries().run(request));
        while (!store().queries().cancel(id)) {
          Thread.onSpinWait();
        }
        long cancelled = System.nanoTime();
        assertThatThrownBy(() -> query.get(60, TimeUnit.SECONDS))
            .hasCauseInstanceOf(StoreException.class)
            .hasMessageContaining("cancelled");
        Duration took = Duration.ofNanos(System.nanoTime() - cancelled);
        best = took.compareTo(best) < 0 ? took : best;
      }
    }
    assertThat(best).isLessThan(SOON);
  }

  @Test
  void refusesAMatchThatNeedsTooMuchStack() {
    assertThatThrownBy(() -> rows("SELECT regexp_like(rpad('a', 1000000, 'ab'), '(a|b)*c')"))
        .hasMessage("a value is too long or nested too deeply for this function");
  }

  private static boolean isTooSlow(Duration best, Duration wanted) {
    return best.compareTo(wanted.plus(SOON)) >= 0;
  }

  private Duration untilStopped(String query) {
    long started = System.nanoTime();
    QueryRequest request =
        new QueryRequest(query, Scope.all(), store().clock().instant().plus(DEADLINE));
    // The store's clock stands still, so what the deadline ends looks cancelled.
    assertThatThrownBy(() -> store().queries().run(request))
        .as(query)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
