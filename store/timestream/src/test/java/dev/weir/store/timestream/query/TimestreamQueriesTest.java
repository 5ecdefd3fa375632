// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static dev.weir.store.timestream.query.AnswerText.texts;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.timestream.call.Answer;
import dev.weir.store.timestream.call.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestreamQueriesTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00Z"));
  private final QueryRequest request =
      new QueryRequest("SELECT 1", Scope.all(), clock.instant().plusSeconds(60));
  private final ScriptedUpstream upstream = new ScriptedUpstream();
  private final ReadAheadLimit limit = new ReadAheadLimit();
  private final TimestreamQueries queries = queries(limit, LONG);

  private TimestreamQueries queries(ReadAheadLimit of, Duration keep) {
    return new TimestreamQueries(upstream, clock, new Random(20_261_122), of, keep);
  }

  @AfterEach
  void endsWhatStillRuns() {
    queries.close();
  }

  @Test
  void goesOnFromPageToPageWithTheSameText() throws Exception {
    upstream.answers(texts("t1")).answers(texts("", "x"));

    QueryPage first = queries.run(request.paged(5_000));
    QueryPage last = queries.run(request.paged(5_000).resume("t1"));

    assertThat(first.page().rowCount()).isZero();
    assertThat(first.resumeToken()).isEqualTo("t1");
    assertThat(first.queryId()).isEqualTo("AQ1");
    assertThat(first.scannedBytes()).isEqualTo(7);
    assertThat(last.resumeToken()).isNull();
    assertThat(AnswerText.text(last.page(), 0)).isEqualTo("x");
    assertThat(upstream.calls)
        .extracting(call -> call.member("QueryString"))
        .containsOnly("SELECT 1");
    assertThat(upstream.calls).extracting(ScriptedUpstream.Call::token).containsExactly("", "t1");
    assertThat(upstream.calls).allMatch(call -> call.body().contains("\"MaxRows\":1000"));
    assertThat(upstream.calls)
        .extracting(ScriptedUpstream.Call::deadline)
        .containsOnly(request.deadline());
  }

  @Test
  void leavesThePageSizeToTimestream() {
    upstream.answers(texts("", "x"));
    queries.run(request);
    assertThat(upstream.calls.getFirst().body()).doesNotContain("MaxRows");
  }

  @Test
  void givesEachNewQueryATokenOfItsOwn() {
    upstream.answers(texts("", "x")).answers(texts("", "x")).answers(texts("", "x"));
    queries.run(request);
    queries.run(request);
    queries.run(request.resume("t"));

    String first = upstream.calls.get(0).member("ClientToken");
    assertThat(first).matches("[0-9a-f]{32}");
    assertThat(upstream.calls.get(1).member("ClientToken"))
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(first);
    assertThat(upstream.calls.get(2).body()).doesNotContain("ClientToken");
  }

  @Test
  void takesAnyScopeSinceCredentialsAreWhatLimits() {
    upstream.answers(texts("", "x"));
    Scope some = Scope.of(Set.of("weir"));
    assertThat(
            queries.run(new QueryRequest("SELECT 1", some, request.deadline())).page().rowCount())
        .isOne();
  }

  @Test
  void writesTextsAsJson() {
    upstream.answers(texts("", "x"));
    queries.run(new QueryRequest("SELECT '\"\\\n\u00fc'", Scope.all(), request.deadline()));
    assertThat(upstream.calls.getFirst().body())
        .contains("\"QueryString\":\"SELECT '\\\"\\\\\\n\u00fc'\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ValidationException | Query aborted as max page response size has been exceeded by the"
            + " output result row | ROW_TOO_LARGE",
        "QueryExecutionException | Query aborted as max page response size has been exceeded by"
            + " the output result row | ROW_TOO_LARGE",
        "ValidationException | line 1:8: Column 'x' does not exist | UNKNOWN_COLUMN",
        "ValidationException | line 1:10: Table 'weir.nowhere' does not exist | UNKNOWN_TABLE",
        "ValidationException | Requested database 'nowhere' not found at line 1:18 | UNKNOWN_TABLE",
        "ValidationException | line 1:1: mismatched input 'SELEC' |"
      })
  void tellsFromTheWordsWhatCallersActUpon(String type, String message, Detail detail) {
    upstream.refuses(type, message);
    assertThatThrownBy(() -> queries.run(request))
        .hasMessage(message)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST);
              assertThat(e.detail().orElse(null)).isEqualTo(detail);
            });
  }

  @Test
  void throttlingIsThrottlingWhateverItsWords() {
    upstream.refuses("ThrottlingException", "Column rate does not exist");
    assertThatThrownBy(() -> queries.run(request))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.THROTTLED);
              assertThat(e.detail()).isEmpty();
            });
  }

  @Test
  void cancelsAQueryThatHasNotAnsweredYetByItsName() throws Exception {
    FutureTask<String> running = start(request.named("mine"));
    ScriptedUpstream.next(upstream.made);

    assertThat(queries.cancel("mine")).isTrue();

    assertThat(running.get()).isEqualTo("CANCELLED false");
    assertThat(upstream.calls).hasSize(1);
  }

  @Test
  void cancelsAQueryWithPagesLeftByItsId() {
    upstream.answers(AnswerText.bytes("{'CancellationMessage':'done'}"));
    upstream.refuses("ValidationException", "The query id is not valid");
    upstream.refuses("ResourceNotFoundException", "There is no such query");
    upstream.refuses("ThrottlingException", "Rate exceeded");

    assertThat(queries.cancel("AQ1")).isTrue();
    assertThat(queries.cancel("unknown")).isFalse();
    assertThat(queries.cancel("gone")).isFalse();
    assertThatThrownBy(() -> queries.cancel("AQ1")).hasMessage("Rate exceeded");

    assertThat(upstream.calls.getFirst().operation()).isEqualTo(Operation.CANCEL_QUERY);
    assertThat(upstream.calls.getFirst().body()).isEqualTo("{\"QueryId\":\"AQ1\"}");
    assertThat(upstream.calls.getFirst().deadline()).isEqualTo(clock.instant().plusSeconds(5));
  }

  @Test
  void asksForTheNextPageWhileTheCallerWorks() throws Exception {
    upstream.answers(texts("t1", "a")).answers(texts("t2", "b")).answers(texts("", "c"));

    assertThat(queries.run(request).resumeToken()).isEqualTo("t1");
    assertThat(ScriptedUpstream.next(upstream.made)).isEmpty();
    assertThat(ScriptedUpstream.next(upstream.made)).isEqualTo("t1");
    assertThat(upstream.calls).hasSize(2); // One page ahead and no more.

    assertThat(AnswerText.text(queries.run(request.resume("t1")).page(), 0)).isEqualTo("b");
    assertThat(ScriptedUpstream.next(upstream.made)).isEqualTo("t2");
    assertThat(AnswerText.text(queries.run(request.resume("t2")).page(), 0)).isEqualTo("c");
    assertThat(upstream.calls).hasSize(3);
    assertThat(limit.pages()).isZero();
  }

  @Test
  void aQueryOfOnePageIsOneCall() {
    upstream.answers(texts("", "a"));
    queries.run(request);
    assertThat(upstream.calls).hasSize(1);
    assertThat(limit.pages()).isZero();
  }

  @Test
  void theLastPageIsAskedForAgainWhenItIsWantedAgain() {
    upstream.answers(texts("t1", "a")).answers(texts("", "b")).answers(texts("", "b"));
    queries.run(request);
    queries.run(request.resume("t1"));
    assertThat(AnswerText.text(queries.run(request.resume("t1")).page(), 0)).isEqualTo("b");
    assertThat(upstream.calls)
        .extracting(ScriptedUpstream.Call::token)
        .containsExactly("", "t1", "t1");
  }

  @Test
  void aPageIsGivenAgainThoughTheOneAfterItWasAskedFor() throws Exception {
    upstream.answers(texts("t1", "a")).answers(texts("t2", "b")).answers(texts("", "c"));
    queries.run(request);
    queries.run(request.resume("t1"));
    assertThat(ScriptedUpstream.next(upstream.made)).isEmpty();
    assertThat(ScriptedUpstream.next(upstream.made)).isEqualTo("t1");
    assertThat(ScriptedUpstream.next(upstream.made)).isEqualTo("t2"); // t1 is worth nothing now.

    QueryPage again = queries.run(request.resume("t1"));

    assertThat(AnswerText.text(again.page(), 0)).isEqualTo("b");
    assertThat(again.resumeToken()).isEqualTo("t2");
    assertThat(AnswerText.text(queries.run(request.resume("t2")).page(), 0)).isEqualTo("c");
    assertThat(upstream.calls).hasSize(3);
    assertThat(limit.pages()).isZero();

    upstream.refuses("ValidationException", "Invalid pagination token");
    assertThatThrownBy(() -> queries.run(request.resume("t1")))
        .hasMessage("Invalid pagination token");
  }

  @Test
  void aPageIsNotGivenToAnotherQuery() throws Exception {
    upstream.answers(texts("t1", "a")).answers(texts("", "b"));
    queries.run(request);
    ScriptedUpstream.next(upstream.made);
    ScriptedUpstream.next(upstream.made);
    upstream.refuses("ValidationException", "Invalid pagination token");

    QueryRequest other = new QueryRequest("SELECT 2", Scope.all(), request.deadline());
    assertThatThrownBy(() -> queries.run(other.resume("t1")))
        .hasMessage("Invalid pagination token");
    assertThat(AnswerText.text(queries.run(request.resume("t1")).page(), 0)).isEqualTo("b");
  }

  @Test
  void whatGoesWrongAheadIsToldToWhoeverWantsThePage() {
    upstream.answers(texts("t1", "a")).fails(Kind.UNAVAILABLE).answers(texts("", "b"));
    assertThat(queries.run(request).page().rowCount()).isOne();
    assertThatThrownBy(() -> queries.run(request.resume("t1")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(AnswerText.text(queries.run(request.resume("t1")).page(), 0)).isEqualTo("b");
    assertThat(limit.pages()).isZero();
  }

  @Test
  void aRefusalAheadIsToldToo() {
    upstream.answers(texts("t1", "a")).refuses("ConflictException", "The query was cancelled");
    queries.run(request);
    assertThatThrownBy(() -> queries.run(request.resume("t1")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
  }

  @Test
  void asksAgainWhereThePageAheadHadLessTime() {
    upstream.answers(texts("t1", "a")).fails(Kind.TIMED_OUT).answers(texts("", "b"));
    queries.run(request);
    QueryRequest later =
        new QueryRequest("SELECT 1", Scope.all(), request.deadline().plusSeconds(1));
    assertThat(AnswerText.text(queries.run(later.resume("t1")).page(), 0)).isEqualTo("b");
  }

  @Test
  void doesNotAskAheadWhereTheTimeIsOver() {
    upstream.then(() -> {
      clock.advance(Duration.ofSeconds(60));
      return new Answer.Done(texts("t1", "a"));
    });
    assertThat(queries.run(request).resumeToken()).isEqualTo("t1");
    assertThat(upstream.calls).hasSize(1);
  }

  @Test
  void waitsForThePageAheadNoLongerThanTheDeadline() throws Exception {
    upstream.answers(texts("t1", "a"));
    queries.run(request);
    ScriptedUpstream.next(upstream.made);
    ScriptedUpstream.next(upstream.made);
    clock.advance(Duration.ofSeconds(60));
    assertThatThrownBy(() -> queries.run(request.resume("t1")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
    assertThat(ScriptedUpstream.next(upstream.interrupted)).isEqualTo("t1");
    assertThat(limit.pages()).isZero();
  }

  @Test
  void cancellingEndsThePageAheadAndTheQuery() throws Exception {
    upstream.answers(texts("t1", "a"));
    CountDownLatch gate = new CountDownLatch(1);
    upstream.answersAfter(gate, texts("", "b"));
    queries.run(request);
    ScriptedUpstream.next(upstream.made);
    ScriptedUpstream.next(upstream.made);
    upstream.answers(AnswerText.bytes("{}"));

    assertThat(queries.cancel("AQ1")).isTrue();

    assertThat(ScriptedUpstream.next(upstream.interrupted)).isEqualTo("gate");
    assertThat(upstream.calls.getLast().operation()).isEqualTo(Operation.CANCEL_QUERY);
    assertThat(limit.pages()).isZero();
  }

  @Test
  void cancellingEndsTheWaitForAPageAhead() throws Exception {
    for (String by : new String[] {"AQ1", "mine"}) {
      upstream.answers(texts("t1", "a"));
      upstream.answersAfter(new CountDownLatch(1), texts("", "b"));
      upstream.made.clear();
      queries.run(request.named("mine"));
      ScriptedUpstream.next(upstream.made);
      ScriptedUpstream.next(upstream.made); // What comes next is not the answer of the page ahead.
      FutureTask<String> running = start(request.named("mine").resume("t1"));
      awaitWaiting();
      upstream.answers(AnswerText.bytes("{}"));

      assertThat(queries.cancel(by)).isTrue();

      assertThat(running.get()).isEqualTo("CANCELLED false");
      assertThat(upstream.calls.getLast().operation()).isEqualTo(Operation.CANCEL_QUERY);
      assertThat(upstream.calls.getLast().member("QueryId")).isEqualTo("AQ1");
      assertThat(ScriptedUpstream.next(upstream.interrupted)).isEqualTo("gate");
      assertThat(limit.pages()).isZero();
    }
  }

  /** Until the thread of {@link #start} waits for a page, which is the only wait with an end. */
  private void awaitWaiting() {
    awaitThat(() -> resumed.getState() == Thread.State.TIMED_WAITING);
  }

  private static void awaitThat(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
      Thread.onSpinWait();
    }
  }

  private Thread resumed = Thread.currentThread();

  @Test
  void doesNotAskAheadOverTheLimitAndFailsNothing() throws Exception {
    TimestreamQueries few = queries(new ReadAheadLimit(1, ReadAheadLimit.BYTES_MAX), LONG);
    upstream.answers(texts("t1", "a")).answers(texts("", "b"));
    few.run(request); // Its next page takes the only room.
    ScriptedUpstream.next(upstream.made);
    ScriptedUpstream.next(upstream.made);

    upstream.answers(texts("u1", "c")).answers(texts("", "d"));
    assertThat(few.run(request).resumeToken()).isEqualTo("u1");
    assertThat(upstream.calls).hasSize(3);
    assertThat(AnswerText.text(few.run(request.resume("u1")).page(), 0)).isEqualTo("d");
    assertThat(AnswerText.text(few.run(request.resume("t1")).page(), 0)).isEqualTo("b");
    assertThat(upstream.calls).hasSize(4);
  }

  @Test
  void countsTheBytesOfPagesThatWait() throws Exception {
    ReadAheadLimit small = new ReadAheadLimit(100, 2 * ReadAheadLimit.PAGE_BYTES);
    ReadAheadLimit.Room first = requireNonNull(small.enter());
    first.holds(ReadAheadLimit.PAGE_BYTES + 1);
    assertThat(small.enter()).isNull();
    first.holds(10);
    ReadAheadLimit.Room second = small.enter();
    assertThat(second).isNotNull();
    assertThat(small.enter()).isNull();
    first.leave();
    first.leave();
    assertThat(small.pages()).isOne();
    assertThat(small.enter()).isNotNull();
    assertThat(small.enter()).isNull();
  }

  @Test
  void dropsAPageThatNobodyTakes() throws Exception {
    TimestreamQueries impatient = queries(limit, Duration.ofMillis(1));
    upstream.answers(texts("t1", "a")).answers(texts("", "b")).answers(texts("", "b"));
    impatient.run(request);
    ScriptedUpstream.next(upstream.made);
    ScriptedUpstream.next(upstream.made);
    awaitThat(() -> limit.pages() == 0);
    assertThat(AnswerText.text(impatient.run(request.resume("t1")).page(), 0)).isEqualTo("b");
    assertThat(upstream.calls).hasSize(3);
  }

  @Test
  void closingDropsWhatWasAskedForAhead() throws Exception {
    upstream.answers(texts("t1", "a"));
    queries.run(request);
    ScriptedUpstream.next(upstream.made);
    ScriptedUpstream.next(upstream.made);
    queries.close();
    assertThat(ScriptedUpstream.next(upstream.interrupted)).isEqualTo("t1");
    assertThat(limit.pages()).isZero();
  }

  private FutureTask<String> start(QueryRequest of) {
    FutureTask<String> running =
        new FutureTask<>(() -> {
          try {
            queries.run(of);
            return "answered";
          } catch (StoreException e) {
            return e.kind() + " " + Thread.currentThread().isInterrupted();
          }
        });
    resumed = Thread.ofVirtual().start(running);
    return running;
  }
}
