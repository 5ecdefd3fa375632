// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Response;
import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.prometheus.Doors;
import dev.weir.prometheus.MemoryStore;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.Remote.Matcher;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the plan for Timestream asks of it, and what it does when the answer is not as expected. */
class GroupedPlanTest {

  private static final Matcher UP = new Matcher(0, "__name__", "up");
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final Doors doors = new Doors(options(ReadPlan.grouped()));

  private static RemoteReadOptions options(ReadPlan plan) {
    return RemoteReadOptions.defaults().withPlan(plan);
  }

  @Test
  void asksForTheColumnsOfOneMetricOnly() {
    write("up", "job", "a", 1);
    write("other", "pod", "p", 1);

    doors.read(T - MINUTE, T, UP, new Matcher(0, "job", "a"), new Matcher(0, "pod", ""));

    assertThat(doors.store.statements())
        .containsExactly(
            "SELECT \"job\", \"measure_name\", CREATE_TIME_SERIES(time, measure_value::double) AS"
                + " weir_samples FROM \"weir\".\"prometheus\" WHERE \"measure_name\" = 'up' AND"
                + " \"job\" = 'a' AND time BETWEEN from_milliseconds(1795262280000) AND"
                + " from_milliseconds(1795262340000) GROUP BY \"job\", \"measure_name\"");
  }

  @Test
  void cutsLongRangesIntoRowsOfTwoHours() {
    write("up", "job", "a", 1);
    write("up", "job", "b", Double.NaN);

    assertThat(doors.read(T - 2 * HOUR, T, UP)).hasSize(2);

    assertThat(doors.store.statements())
        .containsExactlyInAnyOrder(
            "SELECT \"job\", \"measure_name\", CREATE_TIME_SERIES(time, measure_value::double) AS"
                + " weir_samples FROM \"weir\".\"prometheus\" WHERE \"measure_name\" = 'up' AND"
                + " time BETWEEN from_milliseconds(1795255140000) AND"
                + " from_milliseconds(1795262340000) GROUP BY \"job\", \"measure_name\","
                + " bin(time, 7200000ms)",
            "SELECT \"job\", \"measure_name\", CREATE_TIME_SERIES(time, measure_value::bigint) AS"
                + " weir_samples FROM \"weir\".\"prometheus\" WHERE \"measure_name\" = 'up~bits'"
                + " AND time BETWEEN from_milliseconds(1795255140000) AND"
                + " from_milliseconds(1795262340000) GROUP BY \"job\", \"measure_name\","
                + " bin(time, 7200000ms)");
  }

  @Test
  void asksForPlainRowsWhereThereIsOneSample() {
    write("up", "job", "a", 1);
    write("up", "job", "b", Double.NaN);

    assertThat(doors.read(T, T + 14_000, UP)).hasSize(2);

    assertThat(doors.store.statements())
        .containsExactly(
            "SELECT \"job\", \"measure_name\", time, measure_value::double, measure_value::bigint"
                + " FROM \"weir\".\"prometheus\" WHERE \"measure_name\" IN ('up', 'up~bits') AND"
                + " time BETWEEN from_milliseconds(1795262340000) AND"
                + " from_milliseconds(1795262354000)");
  }

  @Test
  void limitsMeasureNamesAndTypesWhereNoMetricIsNamed() {
    write("up", "job", "a", 1);

    assertThat(doors.read(T - MINUTE, T, new Matcher(2, "__name__", "u."))).hasSize(1);

    assertThat(doors.store.statements())
        .containsExactlyInAnyOrder(
            "SELECT \"job\", \"measure_name\", CREATE_TIME_SERIES(time, measure_value::double) AS"
                + " weir_samples FROM \"weir\".\"prometheus\" WHERE"
                + " (regexp_like(\"measure_name\", '^(?s:(?:u.)(?:~bits)?)$') OR"
                + " \"measure_name\" LIKE '%weir\\_%' ESCAPE '\\') AND"
                + " \"measure_name\" NOT LIKE '%~bits' AND"
                + " measure_value::double IS NOT NULL AND"
                + " time BETWEEN from_milliseconds(1795262280000) AND"
                + " from_milliseconds(1795262340000) GROUP BY \"job\", \"measure_name\"",
            "SELECT \"job\", \"measure_name\", CREATE_TIME_SERIES(time, measure_value::bigint) AS"
                + " weir_samples FROM \"weir\".\"prometheus\" WHERE"
                + " (regexp_like(\"measure_name\", '^(?s:(?:u.)(?:~bits)?)$') OR"
                + " \"measure_name\" LIKE '%weir\\_%' ESCAPE '\\') AND"
                + " \"measure_name\" LIKE '%~bits' AND"
                + " measure_value::bigint IS NOT NULL AND"
                + " time BETWEEN from_milliseconds(1795262280000) AND"
                + " from_milliseconds(1795262340000) GROUP BY \"job\", \"measure_name\"");
  }

  @Test
  void asksNothingThatCostsForAMetricThatIsNotThere() {
    write("upper", "job", "a", 1);
    assertThat(doors.read(T - MINUTE, T, UP)).isEmpty();
    assertThat(doors.store.statements()).isEmpty();

    write("up", "job", "a", 1);
    assertThat(doors.read(T - MINUTE, T, UP)).hasSize(1);
  }

  @Test
  void readsAllColumnsWhereMeasuresMayNotBeListed() {
    write("up", "job", "a", 1);
    write("up", "job", "b", Double.NaN);
    write("other", "pod", "p", 1);
    List<Remote.Series> told = doors.read(T - MINUTE, T, UP);
    doors.store.hideMeasures();

    assertThat(new Reader(doors.store).read()).isEqualTo(told);
    assertThat(doors.store.statements())
        .anyMatch(text ->
            text.startsWith("SELECT \"job\", \"pod\", \"measure_name\"")
                && text.contains("measure_value::bigint IS NOT NULL"));
  }

  @Test
  void leavesOutWhatIsNoSample() {
    write("up", "job", "a", 1);
    Series odd = Series.of("odd", List.of(new Dimension("job", "a")));
    Series text = Series.of("text", List.of(new Dimension("job", "a")));
    doors.store.write(
        MemoryStore.TABLE,
        PointBatch.of(
            List.of(
                new Point(odd, T * 1_000_000, new Measure.OfBigint(7)),
                new Point(text, T * 1_000_000, new Measure.OfVarchar("x")))),
        Doors.START);
    for (long range : new long[] {1_000, MINUTE}) {
      assertThat(doors.read(T - range, T, new Matcher(0, "__name__", "odd"))).isEmpty();
      assertThat(doors.read(T - range, T, new Matcher(0, "__name__", "text"))).isEmpty();
      assertThat(doors.read(T - range, T, new Matcher(2, "job", ".+")))
          .extracting(series -> series.labels().get("__name__"))
          .containsExactly("up");
    }
  }

  @Test
  void asksForAQuarterOfTheTimeAfterARowThatIsTooLarge() {
    WriteRequestEncoder request = new WriteRequestEncoder().series("__name__", "up");
    for (int i = 0; i < 64; i++) {
      request.sample(T - i * 100, i);
    }
    doors.write(request);
    doors.store.limitRows(16);
    for (int read = 0; read < 2; read++) {
      assertThat(doors.read(T - HOUR, T, UP).getFirst().samples()).hasSize(64);
    }
    assertThat(doors.store.statements())
        .extracting(text -> text.replaceAll("(?s).*(bin\\(.*|_name\")$", "$1"))
        .containsExactly(
            "_name\"",
            "bin(time, 900000ms)",
            "bin(time, 225000ms)",
            "bin(time, 56250ms)",
            "bin(time, 14062ms)",
            "bin(time, 3515ms)",
            "bin(time, 878ms)",
            "bin(time, 878ms)");
  }

  @Test
  void givesUpWhereNoRowIsSmallEnough() {
    write("up", "job", "a", 1);
    doors.store.limitRows(0);
    Response answer = Remote.send(doors.read, Remote.read(T - HOUR, T, UP));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("a row is too large");
  }

  @Test
  void takesTheDimensionThatAppearsWhileItReads() {
    write("up", "job", "a", 1);
    Reader reader =
        new Reader(
            doors.store,
            (request, count) -> {
              if (count == 1) {
                write("up", "pod", "p", 2);
              }
            });
    assertThat(reader.read()).isEqualTo(doors.read(T - MINUTE, T, UP)).hasSize(2);
    assertThat(reader.read()).hasSize(2);
  }

  @Test
  void takesTheBitsThatAppearWhileItReads() {
    write("up", "job", "a", 1);
    Reader reader =
        new Reader(
            doors.store,
            (request, count) -> {
              if (count == 1) {
                write("up", "job", "b", Double.NaN);
              }
            });
    assertThat(reader.read()).hasSize(2);
  }

  @Test
  void readsAgainWhereAColumnIsNotKnownYet() {
    write("up", "job", "a", 1);
    for (Detail detail : new Detail[] {Detail.UNKNOWN_COLUMN, Detail.UNKNOWN_TABLE}) {
      Reader reader =
          new Reader(
              doors.store,
              (request, count) -> {
                if (count == 1) {
                  throw new StoreException(Kind.BAD_REQUEST, "no such thing").with(detail);
                }
              });
      assertThat(reader.read()).hasSize(1);
    }
  }

  @Test
  void asksForPatienceWhereTheStoreContradictsItsCatalog() {
    write("up", "job", "a", 1);
    Reader reader =
        new Reader(
            doors.store,
            (request, count) -> {
              throw new StoreException(Kind.BAD_REQUEST, "no column").with(Detail.UNKNOWN_COLUMN);
            });
    assertThat(Remote.send(reader.door, Remote.read(T - MINUTE, T, UP)).status()).isEqualTo(503);
  }

  @Test
  void trustsNoColumnsThatItRemembers() {
    Doors other = new Doors();
    write("up", "job", "a", 1);
    write(other, "up", "pod", "p", 2);
    RemoteRead both =
        new RemoteRead(
            MemoryStore.TABLE, options(ReadPlan.grouped()), ReadListener.NONE, () -> Doors.START);
    for (int i = 0; i < 3; i++) {
      for (Doors each : List.of(doors, other)) {
        Response answer =
            Remote.send(both.over(each.store, each.store), Remote.read(T - MINUTE, T, UP));
        assertThat(Remote.results(answer).getFirst()).isEqualTo(each.read(T - MINUTE, T, UP));
      }
    }
  }

  @Test
  void cancelsAndReadsInSlicesWhatIsTooMuchToHold() {
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < 40; i++) {
      request.series("__name__", "up", "job", "a" + i).sample(T, i).sample(T - 1, Double.NaN);
    }
    doors.write(request);
    List<Remote.Series> all = doors.read(T - HOUR, T, UP);
    ReadPlan plan = new ReadPlan.Grouped(10, Duration.ofMinutes(1), Duration.ZERO, 1);
    Reader reader = new Reader(doors.store, options(plan).withSlices(7, 10_000));

    assertThat(reader.read(T - HOUR)).isEqualTo(all).hasSize(40);
    assertThat(reader.cancelled).isNotEmpty();
    assertThat(doors.store.statements())
        .anyMatch(text ->
            text.contains("measure_value::bigint IS NOT NULL AND time")
                && text.endsWith("bin(time, 60000ms)"));
  }

  @Test
  void asksForBitsWhileItReadsTheRest() {
    write("up", "job", "a", 1);
    write("up", "job", "b", Double.NaN);
    CountDownLatch both = new CountDownLatch(2);
    Reader reader =
        new Reader(
            doors.store,
            (_, _) -> {
              both.countDown();
              await(both);
            });
    assertThat(reader.read()).hasSize(2);
    assertThat(reader.cancelled).isEmpty();
  }

  @Test
  void cancelsTheBitsWhereTheRestFails() throws InterruptedException {
    write("up", "job", "a", 1);
    write("up", "job", "b", Double.NaN);
    CountDownLatch failed = new CountDownLatch(1);
    Reader reader =
        new Reader(
            doors.store,
            (request, _) -> {
              if (request.text().contains("measure_value::double")) {
                failed.countDown();
                throw new StoreException(Kind.UNAVAILABLE, "gone");
              }
              await(failed);
            });
    assertThat(Remote.send(reader.door, Remote.read(T - MINUTE, T, UP)).status()).isEqualTo(503);
    assertThat(reader.cancellation.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givesBackTheMemoryOfWhatItCollected() throws Exception {
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < 2_000; i++) {
      request.series("__name__", "up", "job", "a" + i).sample(T, i);
    }
    doors.write(request);
    Reader reader =
        new Reader(
            doors.store,
            options(ReadPlan.grouped()).withMemory(1 << 20).withConcurrent(1, Duration.ZERO));
    byte[] body = Remote.read(T - MINUTE, T, UP);
    int before = doors.store.statements().size();
    for (int i = 0; i < 5; i++) {
      assertThat(
              Streams.series(Streams.frames(Remote.send(reader.door, Streams.streamed(body))), 0))
          .hasSize(2_000);
      assertThat(Remote.results(Remote.send(reader.door, body)).getFirst()).hasSize(2_000);
    }
    assertThat(doors.store.statements()).hasSize(before + 10);
    assertThat(reader.cancelled).isEmpty();

    Reader small = new Reader(doors.store, options(ReadPlan.grouped()).withMemory(200 << 10));
    assertThat(Streams.series(Streams.frames(Remote.send(small.door, Streams.streamed(body))), 0))
        .hasSize(2_000);
    assertThat(small.cancelled).hasSize(1);
  }

  /** Uninterruptibly: a store may go on though nobody wants its answer. */
  private static void await(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        done = latch.await(30, TimeUnit.SECONDS);
        assertThat(done).isTrue();
      } catch (InterruptedException _) {
        // Closing interrupts the thread that asks for bits.
      }
    }
  }

  private void write(String metric, String label, String value, double sample) {
    write(doors, metric, label, value, sample);
  }

  private static void write(Doors to, String metric, String label, String value, double sample) {
    Response answer =
        to.write(
            new WriteRequestEncoder().series("__name__", metric, label, value).sample(T, sample));
    assertThat(answer.status()).isEqualTo(204);
  }

  /** What happens before a statement that is not about the catalog, the first of which is 1. */
  @FunctionalInterface
  private interface Before {
    void statement(QueryRequest request, int count);
  }

  /** A door whose store can be interfered with. */
  private static final class Reader implements QueryRunner {

    private final MemoryStore store;
    private final Before before;
    private final Handler door;
    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final CountDownLatch cancellation = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();

    Reader(MemoryStore store) {
      this(store, (_, _) -> {});
    }

    Reader(MemoryStore store, Before before) {
      this(store, options(ReadPlan.grouped()), before);
    }

    Reader(MemoryStore store, RemoteReadOptions options) {
      this(store, options, (_, _) -> {});
    }

    private Reader(MemoryStore store, RemoteReadOptions options, Before before) {
      this.store = store;
      this.before = before;
      this.door =
          new RemoteRead(MemoryStore.TABLE, options, ReadListener.NONE, () -> Doors.START)
              .over(this, store);
    }

    List<Remote.Series> read() {
      return read(T - MINUTE);
    }

    List<Remote.Series> read(long start) {
      return Remote.results(Remote.send(door, Remote.read(start, T, UP))).getFirst();
    }

    @Override
    public QueryPage run(QueryRequest request) {
      if (!request.text().startsWith("SHOW") && request.resumeToken() == null) {
        before.statement(request, count.incrementAndGet());
      }
      return store.run(request);
    }

    @Override
    public boolean cancel(String queryId) {
      cancelled.add(queryId);
      cancellation.countDown();
      return store.cancel(queryId);
    }
  }
}
