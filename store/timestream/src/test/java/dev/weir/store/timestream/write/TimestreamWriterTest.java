// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.timestream.call.Answer;
import dev.weir.store.timestream.call.Operation;
import dev.weir.store.timestream.call.Upstream;
import dev.weir.store.timestream.call.UpstreamListener;
import dev.weir.store.timestream.packing.CallPacker;
import dev.weir.store.timestream.packing.Expander;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestreamWriterTest {

  private static final byte[] INGESTED = "{\"RecordsIngested\":{\"Total\":1}}".getBytes(UTF_8);
  private static final Instant DEADLINE = Instant.parse("2026-03-10T12:00:25Z");
  private static final TableName TABLE = new TableName("weir", "contract");
  private static final Series UP = Series.of("up", List.of(new Dimension("host", "a")));

  /** Values that make a record what it is to the Timestream of this test. */
  private static final double LOWER_VERSION = 1_001;

  private static final double INVALID = 1_002;
  private static final double THROTTLED = 1_003;
  private static final double NO_TABLE = 1_004;
  private static final double WRONG_TYPE = 1_005;

  /** Judges calls by the values in them, as Timestream would. */
  private static final class JudgingUpstream implements Upstream {

    final List<Integer> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger done = new AtomicInteger();
    volatile String invalid = "Invalid record.";

    @Override
    public Answer call(Operation operation, byte[] body, Instant deadline) {
      assertThat(operation).isEqualTo(Operation.WRITE_RECORDS);
      List<Double> values = valuesOf(body);
      calls.add(values.size());
      if (values.contains(NO_TABLE)) {
        return refused("ResourceNotFoundException", "The table x does not exist.", "");
      }
      if (values.contains(THROTTLED)) {
        return refused("ThrottlingException", "Rate exceeded", "");
      }
      if (values.contains(INVALID)) {
        return refused("ValidationException", invalid, "");
      }
      List<String> rejected =
          IntStream.range(0, values.size())
              .filter(i -> values.get(i) == LOWER_VERSION || values.get(i) == WRONG_TYPE)
              .mapToObj(i ->
                  values.get(i) == LOWER_VERSION
                      ? ("{\"RecordIndex\":%d,\"Reason\":\"The record version 1 is lower than"
                              + " the existing version 9.\",\"ExistingVersion\":9}")
                          .formatted(i)
                      : ("{\"RecordIndex\":%d,\"Reason\":\"can have only one measure value"
                              + " type\"}")
                          .formatted(i))
              .toList();
      if (!rejected.isEmpty()) {
        return refused(
            "RejectedRecordsException",
            "One or more records have been rejected.",
            ",\"RejectedRecords\":[" + String.join(",", rejected) + "]");
      }
      done.incrementAndGet();
      return new Answer.Done(
          "{\"RecordsIngested\":{\"Total\":%d,\"MemoryStore\":0,\"MagneticStore\":1}}"
              .formatted(values.size())
              .getBytes(UTF_8));
    }

    private static Answer refused(String type, String message, String more) {
      String body = "{\"__type\":\"%s\",\"Message\":\"%s\"%s}".formatted(type, message, more);
      return new Answer.Refused(type, message, body.getBytes(UTF_8));
    }
  }

  private final AtomicLong billed = new AtomicLong();
  private final AtomicInteger bills = new AtomicInteger();
  private final UpstreamListener listener =
      new UpstreamListener() {
        @Override
        public void billed(long kib) {
          billed.addAndGet(kib);
          bills.incrementAndGet();
        }
      };
  private final JudgingUpstream upstream = new JudgingUpstream();
  private final TimestreamWriter writer = new TimestreamWriter(upstream, listener);

  @Test
  void sendsCallsOfAtMost100AndAddsThemUp() {
    WriteOutcome outcome = write(values(250));

    assertThat(upstream.calls.stream().mapToInt(size -> size)).allMatch(size -> size <= 100);
    assertThat(upstream.calls.stream().mapToInt(size -> size).sum()).isEqualTo(250);
    int calls = upstream.calls.size();
    assertThat(outcome).isEqualTo(new WriteOutcome(250, 0, calls, List.of()));
    assertThat(bills).hasValue(calls);
    assertThat(billed.get()).isPositive();
  }

  @Test
  void countsRejectionsWithinTheBatch() {
    double[] values = values(250);
    values[3] = LOWER_VERSION;
    values[100] = LOWER_VERSION;
    values[249] = WRONG_TYPE;

    WriteOutcome outcome = write(values);

    assertThat(outcome.accepted()).isEqualTo(247);
    assertThat(outcome.rejections()).extracting(Rejection::index).containsExactly(3, 100, 249);
    assertThat(outcome.rejections())
        .extracting(Rejection::existingVersion)
        .containsExactly(9L, 9L, null);
    assertThat(outcome.rejections())
        .extracting(Rejection::reason)
        .containsExactly(
            Rejection.Reason.CONFLICT, Rejection.Reason.CONFLICT, Rejection.Reason.TYPE);
    assertThat(bills).as("each call had good records").hasValue(upstream.calls.size());
  }

  @Test
  void billsNothingWhereNothingWasTaken() {
    assertThat(write(LOWER_VERSION, LOWER_VERSION).accepted()).isZero();
    assertThat(bills).hasValue(0);
  }

  @Test
  void findsTheRecordThatCondemnsACall() {
    double[] values = values(100);
    values[41] = INVALID;
    values[42] = LOWER_VERSION;

    WriteOutcome outcome = write(values);

    assertThat(outcome.accepted()).isEqualTo(98);
    assertThat(outcome.rejections()).extracting(Rejection::index).containsExactly(41, 42);
    assertThat(outcome.rejections().getFirst().message()).isEqualTo("Invalid record.");
    assertThat(upstream.calls).as("one bad record of 100").hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void badRecordsInEachCallCostThemselvesAlone() {
    double[] values = values(2_000);
    for (int i = 50; i < 2_000; i += 100) {
      values[i] = INVALID;
    }

    WriteOutcome outcome = write(values);

    assertThat(outcome.accepted()).isEqualTo(1_980);
    assertThat(outcome.rejections())
        .extracting(rejection -> rejection.index() % 100)
        .hasSize(20)
        .containsOnly(50);
  }

  @Test
  void aBatchOfOneCallThatIsBadThroughoutIsRejectedRecordByRecord() {
    double[] values = new double[100];
    Arrays.fill(values, INVALID);

    assertThat(write(values).rejections()).hasSize(100);
    assertThat(upstream.calls).hasSize(199);
  }

  @Test
  void whatIsRefusedAlikeThroughoutIsNotTheRecordsFaultAndCostsFewCalls() {
    double[] values = new double[2_000];
    Arrays.fill(values, INVALID);

    StoreException failure = catchThrowableOfType(StoreException.class, () -> write(values));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("refuses all calls alike")
        .hasMessageContaining("Invalid record.");
    assertThat(upstream.calls).hasSize(calls(values) + 4);
  }

  @Test
  void oneGoodRecordAmongTheOutermostIsEnoughToSearchOn() {
    double[] values = new double[200];
    Arrays.fill(values, INVALID);
    values[199] = 1;

    WriteOutcome outcome = write(values);

    assertThat(outcome.accepted()).isEqualTo(1);
    assertThat(outcome.rejections()).hasSize(199);
    assertThat(bills).as("tried alone, and found by the search").hasValue(2);
    assertThat(upstream.done).hasValue(2);
  }

  @Test
  void whatMayPassWinsOverWhatIsFinalAndAllCallsEndFirst() {
    double[] values = values(300);
    values[0] = LOWER_VERSION;
    values[150] = THROTTLED;
    values[299] = INVALID;

    assertThatThrownBy(() -> write(values))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.THROTTLED));
    assertThat(upstream.calls).as("all calls, and no search").hasSize(calls(values));
  }

  @Test
  void whatAPersonHasToMendIsToldFirst() {
    double[] values = values(200);
    values[0] = THROTTLED;
    values[199] = NO_TABLE;

    assertThatThrownBy(() -> write(values))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
        .hasMessageContaining("The table x does not exist.");
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, DENIED",
    "ExpiredTokenException, DENIED",
    "ResourceNotFoundException, NOT_FOUND",
    "InvalidEndpointException, WRONG_ENDPOINT",
    "InternalServerException, UNAVAILABLE",
    "NeverSeenException, UNAVAILABLE",
    "ConflictException, UNAVAILABLE",
    "ThrottlingException, THROTTLED",
    "ServiceQuotaExceededException, QUOTA"
  })
  void refusalsThatMayPassAreThrown(String type, Kind kind) {
    TimestreamWriter refused =
        new TimestreamWriter(
            (_, _, _) -> new Answer.Refused(type, "said", new byte[] {'{', '}'}), listener);

    StoreException failure =
        catchThrowableOfType(
            StoreException.class, () -> refused.write(TABLE, batch(values(10)), DEADLINE));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.kind().retryable()).isTrue();
    assertThat(bills).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"error\":\"session expired, please log in\"}",
        "{\"__type\":\"ThrottlingException\"}",
        "{\"RecordsIngested\":{\"Total\":0}}",
        "{\"RecordsIngested\":{\"Total\":-5}}",
        "{\"RecordsIngested\":{\"Total\":\"all\"}}",
        "{\"RecordsIngested\":{\"Total\":100"
      })
  void anAnswerThatCountsNoRecordsIsNotTakenForTheirStorage(String body) {
    TimestreamWriter answered =
        new TimestreamWriter((_, _, _) -> new Answer.Done(body.getBytes(UTF_8)), listener);

    StoreException failure =
        catchThrowableOfType(
            StoreException.class, () -> answered.write(TABLE, batch(values(10)), DEADLINE));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("without a count of records ingested");
    assertThat(bills).hasValue(0);
  }

  @Test
  void rejectionsThatNameNoRecordAreSearchedFor() {
    AtomicInteger calls = new AtomicInteger();
    TimestreamWriter vague =
        new TimestreamWriter(
            (_, body, _) -> {
              calls.incrementAndGet();
              return valuesOf(body).contains(INVALID)
                  ? new Answer.Refused(
                      "RejectedRecordsException",
                      "rejected",
                      "{\"RejectedRecords\":[{\"RecordIndex\":4711}]}".getBytes(UTF_8))
                  : new Answer.Done(INGESTED);
            },
            listener);
    double[] values = values(10);
    values[7] = INVALID;

    WriteOutcome outcome = vague.write(TABLE, batch(values), DEADLINE);

    assertThat(outcome.accepted()).isEqualTo(9);
    assertThat(outcome.rejections()).extracting(Rejection::index).containsExactly(7);
    assertThat(calls.get()).isGreaterThan(1);
  }

  @Test
  void asksNothingForAnEmptyBatch() {
    assertThat(write()).isEqualTo(new WriteOutcome(0, 0, List.of()));
    assertThat(upstream.calls).isEmpty();
  }

  @Test
  void callsOfABatchAreAtWorkTogether() {
    double[] values = values(2_000);
    assertThat(calls(values)).isBetween(20, TimestreamWriter.SIDE_BY_SIDE_MAX);
    CyclicBarrier allAtWork = new CyclicBarrier(calls(values));
    TimestreamWriter together =
        new TimestreamWriter(
            (_, _, _) -> {
              try {
                allAtWork.await(30, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return new Answer.Done(INGESTED);
            },
            listener);

    assertThat(together.write(TABLE, batch(values), DEADLINE).accepted()).isEqualTo(2_000);
  }

  @Test
  void anInterruptEndsAllCalls() throws Exception {
    int calls = calls(values(500));
    CountDownLatch begun = new CountDownLatch(calls);
    AtomicInteger cancelled = new AtomicInteger();
    TimestreamWriter hanging =
        new TimestreamWriter(
            (_, _, _) -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
                throw new IllegalStateException("nobody counts down");
              } catch (InterruptedException e) {
                cancelled.incrementAndGet();
                Thread.currentThread().interrupt();
                throw new StoreException(Kind.CANCELLED, "interrupted", e);
              }
            },
            listener);
    FutureTask<StoreException> ended =
        new FutureTask<>(() ->
            catchThrowableOfType(
                StoreException.class, () -> hanging.write(TABLE, batch(values(500)), DEADLINE)));
    Thread caller = Thread.ofVirtual().start(ended);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    assertThat(ended.get(30, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
    assertThat(cancelled).hasValue(calls);
  }

  @Test
  void aFaultOfOursIsNotTakenForAnAnswer() {
    TimestreamWriter broken =
        new TimestreamWriter(
            (_, _, _) -> {
              throw new IllegalArgumentException("a fault");
            },
            listener);

    assertThatThrownBy(() -> broken.write(TABLE, batch(values(500)), DEADLINE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int calls(double... values) {
    return CallPacker.pack(TABLE, batch(values)).calls().size();
  }

  private static List<Double> valuesOf(byte[] body) {
    return Expander.expand(body).points().stream()
        .map(point -> ((Measure.OfDouble) point.measure()).value())
        .toList();
  }

  private WriteOutcome write(double... values) {
    return writer.write(TABLE, batch(values), DEADLINE);
  }

  private static PointBatch batch(double... values) {
    PointBatch.Builder batch = new PointBatch.Builder(values.length);
    for (int i = 0; i < values.length; i++) {
      batch.addDouble(UP, 1_773_144_000_000_000_000L + i, values[i]);
    }
    return batch.build();
  }

  private static double[] values(int count) {
    return IntStream.range(0, count).mapToDouble(i -> i % 1_000 / 1_000.0).toArray();
  }
}
