// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that are too long, too large, or no longer wanted. */
@Timeout(value = 150, unit = SECONDS)
class QueryLimitsTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  /** A thousand rows. */
  private static final String THOUSAND = "(SELECT measure_value::double FROM weir.points)";

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(NOW);
  private EmbeddedStore store;

  @BeforeEach
  void open() {
    store =
        EmbeddedStore.open(
            EmbeddedStoreOptions.of(folder)
                .withClock(clock)
                .withLimits(limits -> limits.withMemory(64L << 20, limits.spillBytes())));
    TestPoints.makeTable(store);
    for (int i = 0; i < 1_000 / TestPoints.SERIES; i++) {
      TestPoints.write(store, NOW.minusSeconds(100), i);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(a * b * c * d) FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS w(d)",
        "SELECT a, b, c, d FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS w(d) WHERE a < 0",
        "SELECT count(DISTINCT a * b + c) FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS"
            + " w(d)",
        "SELECT a, row_number() OVER (PARTITION BY a ORDER BY b DESC, c)"
            + " FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c)",
        "SELECT * FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS w(d)",
      })
  void cancelsARunningQueryByItsName(String template) throws Exception {
    QueryRequest request = request(template.formatted(THOUSAND)).named("longOne");
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() ->
            ended.complete(catchThrowableOfType(StoreException.class, () -> store.run(request))));

    while (!store.cancel("longOne")) {
      Thread.onSpinWait();
    }

    assertThat(requireNonNull((StoreException) ended.get(60, SECONDS)).kind())
        .isEqualTo(Kind.CANCELLED);
    assertThat(store.run(request("SELECT 1")).page().rowCount()).isEqualTo(1);
  }

  /** At whatever moment of a query's start the word comes, the engine's own forgetting included. */
  @Test
  void cancelsAQueryThatIsJustStarting() throws Exception {
    QueryRequest request =
        request(
            "SELECT sum(a * b * c * d) FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS w(d)"
                .formatted(THOUSAND));
    for (int i = 0; i < 300; i++) {
      CompletableFuture<Throwable> ended = inBackground(request.named("young"));
      long until = System.nanoTime() + i * 10_000L;
      while (System.nanoTime() - until < 0 || !store.cancel("young")) {
        Thread.onSpinWait();
      }
      assertThat(((StoreException) ended.get(60, SECONDS)).kind())
          .as("try %d", i)
          .isEqualTo(Kind.CANCELLED);
    }
  }

  /** More long queries than there are carriers of virtual threads, on most machines. */
  @Test
  void leavesVirtualThreadsToOthersWhileLongQueriesRun() throws Exception {
    List<CompletableFuture<Throwable>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      running.add(
          inBackground(
              request(
                      "SELECT sum(a * b * c * d) FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS w(d)"
                          .formatted(THOUSAND))
                  .named("long" + i)));
    }
    for (int i = 0; i < 10; i++) {
      CompletableFuture<Integer> rows = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> rows.complete(store.run(request("SHOW DATABASES")).page().rowCount()));
      assertThat(rows.get(60, SECONDS)).isEqualTo(1);
    }
    for (int i = 0; i < running.size(); i++) {
      while (!store.cancel("long" + i) && !running.get(i).isDone()) {
        Thread.onSpinWait();
      }
    }
    for (CompletableFuture<Throwable> each : running) {
      assertThat(((StoreException) each.get()).kind()).isEqualTo(Kind.CANCELLED);
    }
  }

  @Test
  void endsAQueryAtItsDeadline() {
    QueryRequest request =
        new QueryRequest(
            "SELECT sum(a * b * c * d) FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS w(d)"
                .formatted(THOUSAND),
            Scope.all(),
            NOW.plusMillis(50));

    // The clock stands still: only the waiting is real, so the kind is that of a cancelled query.
    assertThatThrownBy(() -> store.run(request))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isIn(Kind.CANCELLED, Kind.TIMED_OUT));
  }

  @Test
  void refusesTwoRunningQueriesOfOneName() throws ExecutionException, InterruptedException {
    QueryRequest request =
        request(
                "SELECT sum(a * b * c * d) FROM %1$s AS t(a), %1$s AS u(b), %1$s AS v(c), %1$s AS w(d)"
                    .formatted(THOUSAND))
            .named("twice");
    CompletableFuture<Throwable> one = inBackground(request);
    CompletableFuture<Throwable> other = inBackground(request);

    StoreException first =
        (StoreException) CompletableFuture.anyOf(one, other).get(); // The one that came second.
    assertThat(first.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(store.cancel("twice")).isTrue();
    assertThat(Stream.of(one.get(), other.get()).map(e -> ((StoreException) e).kind()))
        .containsExactlyInAnyOrder(Kind.CONFLICT, Kind.CANCELLED);
  }

  @Test
  void refusesAResultThatNeedsMoreMemoryThanThereIs() {
    EmbeddedStore small = store;
    assertThatThrownBy(() ->
            small.run(
                request(
                    "SELECT array_agg(a || b) FROM (SELECT lpad('', 2000, 'x') AS a, 'y' AS b"
                        + " FROM %1$s AS t(i), %1$s AS u(j))".formatted(THOUSAND))))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e).hasMessageContaining("needs more memory");
              assertThat(e.kind()).isEqualTo(Kind.QUOTA);
            });
    assertThat(small.run(request("SELECT 1")).page().rowCount()).isEqualTo(1);
  }

  @Test
  void handsAPageOutAgain() {
    QueryRequest request = request("SELECT n FROM weir.points LIMIT 10").paged(4);
    QueryPage first = store.run(request);
    QueryRequest second = request.resume(requireNonNull(first.resumeToken()));
    QueryPage page = store.run(second);
    assertThat(store.run(second)).usingRecursiveComparison().isEqualTo(page);

    QueryRequest last = request.resume(requireNonNull(page.resumeToken()));
    assertThat(store.run(last).resumeToken()).isNull();
    assertThat(store.run(last).page().rowCount()).isEqualTo(2);
  }

  @Test
  void forgetsPagesAfterAnHour() {
    QueryRequest request = request("SELECT n FROM weir.points LIMIT 10").paged(4);
    QueryRequest second = request.resume(requireNonNull(store.run(request).resumeToken()));
    clock.advance(Duration.ofMinutes(59));
    assertThat(store.run(second).page().rowCount()).isEqualTo(4);

    clock.advance(Duration.ofMinutes(2));

    assertThatThrownBy(() -> store.run(second)).hasMessage("Invalid pagination token");
  }

  @Test
  void keepsTheNewestOfManyOpenResults() {
    QueryRequest request = request("SELECT n FROM weir.points LIMIT 10").paged(4);
    String oldest = requireNonNull(store.run(request).resumeToken());
    String newest = oldest;
    for (int i = 0; i < OpenResults.COUNT_MAX; i++) {
      newest = requireNonNull(store.run(request).resumeToken());
    }

    QueryRequest tooOld = request.resume(oldest);
    assertThatThrownBy(() -> store.run(tooOld)).hasMessage("Invalid pagination token");
    assertThat(store.run(request.resume(newest)).page().rowCount()).isEqualTo(4);
  }

  @Test
  void forgetsTheRestOfAResultThatIsCancelled() {
    QueryRequest request = request("SELECT n FROM weir.points LIMIT 10").paged(4);
    QueryPage first = store.run(request.named("mine"));
    assertThat(first.queryId()).isEqualTo("mine");

    assertThat(store.cancel("mine")).isTrue();

    assertThat(store.cancel("mine")).isFalse();
  }

  @Test
  void endsAPageWithTheRowThatFillsIt() {
    QueryPage page =
        store.run(
            request(
                "SELECT lpad('', 2000, 'x') || CAST(CAST(i AS bigint) AS varchar) FROM %s AS t(i)"
                    .formatted(THOUSAND)));
    assertThat(page.page().rowCount()).isBetween(500, 530);
    QueryPage nested =
        store.run(
            request(
                "SELECT a.i, array_agg(b.i) FROM %1$s AS a(i), %1$s AS b(i) GROUP BY a.i"
                    .formatted(THOUSAND)));
    assertThat(nested.page().rowCount()).isBetween(140, 170);
  }

  private CompletableFuture<Throwable> inBackground(QueryRequest request) {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() ->
            ended.complete(catchThrowableOfType(StoreException.class, () -> store.run(request))));
    return ended;
  }

  private static QueryRequest request(String sql) {
    return new QueryRequest(sql, Scope.all(), NOW.plusSeconds(600));
  }
}
