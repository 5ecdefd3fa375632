// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.Doors;
import dev.weir.prometheus.MemoryStore;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.Remote.Matcher;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteReadTest {

  private static final Matcher UP = new Matcher(0, "__name__", "up");

  private final Doors doors = new Doors(options());

  /** How many statements a read of one metric takes. */
  int statements() {
    return 2;
  }

  /** With slices of one sample, and more of them than may be held at one time. */
  RemoteReadOptions sliced() {
    return options().withSlices(1, 10_000);
  }

  /** The plan that these cases are asked with. */
  RemoteReadOptions options() {
    return RemoteReadOptions.defaults();
  }

  @Test
  void findsNothingInAnEmptyStore() {
    assertThat(doors.read(0, T, UP)).isEmpty();
  }

  @Test
  void findsNothingForUnknownMetricsLabelsAndTables() {
    write("up", "job", "a", 1);
    assertThat(doors.read(0, T, new Matcher(0, "__name__", "down"))).isEmpty();
    assertThat(doors.read(0, T, UP, new Matcher(0, "unknown", "x"))).isEmpty();
    assertThat(doors.read(0, T, UP, new Matcher(1, "unknown", "x"))).hasSize(1);

    Handler elsewhere =
        new RemoteRead(
                new TableName("weir", "elsewhere"), options(), ReadListener.NONE, () -> Doors.START)
            .over(doors.store, doors.store);
    Response answer = Remote.send(elsewhere, Remote.read(0, T, UP));
    assertThat(Remote.results(answer)).isEqualTo(List.of(List.of()));
  }

  @Test
  void findsNothingForNoMatchersAndNoQueries() {
    write("up", "job", "a", 1);
    assertThat(doors.read(0, T)).isEmpty();
    Response answer = Remote.send(doors.read, SnappyBlock.pack(new byte[0]));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Remote.results(answer)).isEmpty();
  }

  @Test
  void saysWhatItSends() {
    Response answer = Remote.send(doors.read, Remote.read(0, T, UP));
    assertThat(answer.headers().first("Content-Type")).contains("application/x-protobuf");
    assertThat(answer.headers().first("Content-Encoding")).contains("snappy");
  }

  @Test
  void bringsSamplesSentNewestFirstBackInAscendingOrder() {
    doors.write(
        new WriteRequestEncoder().series("__name__", "up").sample(T, 2).sample(T - 1_000, 1));
    assertThat(doors.read(0, T, UP).getFirst().samples())
        .containsExactly(Remote.Sample.of(T - 1_000, 1), Remote.Sample.of(T, 2));
  }

  @Test
  void keepsBothEndsOfTheRangeToTheMillisecond() {
    WriteRequestEncoder request = new WriteRequestEncoder().series("__name__", "up");
    for (int i = -2; i <= 2; i++) {
      request.sample(T + i, i);
    }
    doors.write(request);
    assertThat(doors.read(T - 1, T + 1, UP).getFirst().samples())
        .extracting(Remote.Sample::epochMillis)
        .containsExactly(T - 1, T, T + 1);
    assertThat(doors.read(T + 1, T - 1, UP)).isEmpty();
  }

  @Test
  void clampsExtremeTimes() {
    write("up", "job", "a", 1);
    assertThat(doors.read(-9_223_309_901_257_974_000L, 9_223_309_901_257_974_999L, UP)).hasSize(1);
    assertThat(doors.read(Long.MIN_VALUE, Long.MAX_VALUE, UP)).hasSize(1);
    assertThat(doors.store.statements())
        .allMatch(text -> text.contains("BETWEEN from_milliseconds(0) AND"));
  }

  @Test
  void readsWhatQueryAndHintsHaveInCommon() {
    WriteRequestEncoder request = new WriteRequestEncoder().series("__name__", "up");
    for (int i = 0; i < 10; i++) {
      request.sample(T + i, i);
    }
    doors.write(request);
    ProtobufWriter writer = new ProtobufWriter(64);
    int query = writer.begin(1);
    writer.integer(1, T + 2);
    writer.integer(2, T + 6);
    int matcher = writer.begin(3);
    writer.string(2, "__name__");
    writer.string(3, "up");
    writer.end(matcher);
    int hints = writer.begin(4);
    writer.string(2, "rate");
    writer.integer(3, T + 4);
    writer.integer(4, T + 9);
    writer.end(hints);
    writer.end(query);

    Response answer = Remote.send(doors.read, SnappyBlock.pack(writer.toByteArray()));
    assertThat(Remote.results(answer).getFirst().getFirst().samples())
        .extracting(Remote.Sample::epochMillis)
        .containsExactly(T + 4, T + 5, T + 6);
  }

  @Test
  void answersEachQueryInItsPlace() {
    write("up", "job", "a", 1);
    write("down", "job", "a", 0);
    ProtobufWriter writer = new ProtobufWriter(64);
    Remote.query(writer, 0, T, new Matcher(0, "__name__", "down"));
    Remote.query(writer, 0, T, new Matcher(0, "__name__", "nothing"));
    Remote.query(writer, 0, T, UP);

    List<List<Remote.Series>> results =
        Remote.results(Remote.send(doors.read, SnappyBlock.pack(writer.toByteArray())));

    assertThat(results).hasSize(3);
    assertThat(results.get(0).getFirst().labels()).containsEntry("__name__", "down");
    assertThat(results.get(1)).isEmpty();
    assertThat(results.get(2).getFirst().labels()).containsEntry("__name__", "up");
  }

  @Test
  void selectsByNameOfAnyKind() {
    for (String name : List.of("up", "time", "ts_x", "weir_y", "a:b", "ünicode", "up_total")) {
      write(name, "job", "a", Double.NaN);
      write(name, "job", "b", 1);
    }
    assertThat(names(new Matcher(2, "__name__", "t.*"))).containsExactly("time", "ts_x");
    assertThat(names(new Matcher(2, "__name__", "up"))).containsExactly("up");
    assertThat(names(new Matcher(2, "__name__", "up.*"))).containsExactly("up", "up_total");
    assertThat(names(new Matcher(2, "__name__", "weir_.*|a:b"))).containsExactly("a:b", "weir_y");
    assertThat(names(new Matcher(3, "__name__", "[a-z_]*"))).containsExactly("a:b", "ünicode");
    assertThat(names(new Matcher(1, "__name__", "up"), new Matcher(0, "job", "b"))).hasSize(6);
    assertThat(names(new Matcher(2, "job", ".+"))).hasSize(7);
    assertThat(names(new Matcher(2, "__name__", ".*~bits"))).isEmpty();
    assertThat(names(new Matcher(0, "__name__", "up~bits"))).isEmpty();
  }

  @Test
  void sortsSeriesLabelByLabelByTheirBytes() {
    write("up", "a", "\uD83D\uDE00", 1);
    write("up", "a", "\uFFFD", 1);
    write("up", "Z", "x", 1);
    write("up", "b", "x", 1);
    doors.write(new WriteRequestEncoder().series("__name__", "up").sample(T, 1));
    assertThat(doors.read(0, T, UP))
        .extracting(series -> String.join(",", series.labels().keySet()))
        .containsExactly("Z,__name__", "__name__", "__name__,a", "__name__,a", "__name__,b");
    assertThat(doors.read(0, T, UP).get(2).labels()).containsEntry("a", "\uFFFD");
  }

  @Test
  void letsNoValueOutOfItsQuotes() {
    String[] attempts = {
      "' OR '1' = '1",
      "'; SELECT 1 --",
      "\\' OR 1=1 --",
      "''",
      "\"",
      "x\") OR (\"job\" = 'a",
      "%",
      "_",
      "/*",
      "\0",
      "\n"
    };
    write("up", "job", "a", 1);
    for (String attempt : attempts) {
      write("up", "evil", attempt, 1);
    }
    for (String attempt : attempts) {
      assertThat(doors.read(0, T, UP, new Matcher(0, "evil", attempt))).hasSize(1);
      assertThat(doors.read(0, T, UP, new Matcher(0, "job", attempt))).isEmpty();
      assertThat(doors.read(0, T, UP, new Matcher(0, attempt, "a"))).isEmpty();
      assertThat(doors.read(0, T, new Matcher(0, "__name__", attempt))).isEmpty();
      assertThat(doors.read(0, T, UP, new Matcher(1, "evil", attempt))).hasSize(attempts.length);
    }
    write("up", "evil\" = 'x' OR \"job", "a", 1);
    assertThat(doors.read(0, T, UP, new Matcher(2, "evil\" = 'x' OR \"job", "a.*"))).hasSize(1);
  }

  @Test
  void refusesWhatPrometheusRefuses() {
    assertStatus(400, Remote.read(0, T, new Matcher(2, "a", "(")), "regular expression");
    assertStatus(400, Remote.read(0, T, new Matcher(2, "a", "a)(b")), "regular expression");
    assertStatus(400, Remote.read(0, T, new Matcher(3, "a", "(?=x)")), "regular expression");
    assertStatus(400, Remote.read(0, T, new Matcher(4, "a", "x")), "matcher type 4");
    assertStatus(400, new byte[] {1, 2, 3}, "snappy");
    assertStatus(400, SnappyBlock.pack(new byte[] {0x0A, 9}), "decoded");
    assertStatus(413, new byte[] {-1, -1, -1, -1, 0xF, 0}, "67108864");
  }

  @Test
  void refusesResponseTypesThatItDoesNotHave() {
    byte[] unknown = accepting(9);
    assertStatus(400, unknown, "response types");
    assertThat(Remote.send(doors.read, accepting(9, 0)).headers().first("Content-Encoding"))
        .contains("snappy");
    assertThat(Remote.send(doors.read, accepting(1, 0)).headers().first("Content-Type"))
        .contains("application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse");
    assertThat(Remote.send(doors.read, accepting(0, 1)).headers().first("Content-Encoding"))
        .contains("snappy");
  }

  @Test
  void refusesOtherMethodsAndTypes() {
    Request get =
        new Request("GET", "/read", "", Headers.empty(), -1, InputStream.nullInputStream());
    assertThat(doors.read.handle(get).status()).isEqualTo(405);
    byte[] body = Remote.read(0, T, UP);
    assertThat(Remote.send(doors.read, body, "Content-Type", "text/json").status()).isEqualTo(415);
    assertThat(Remote.send(doors.read, body, "Content-Encoding", "gzip").status()).isEqualTo(415);
    assertThat(
            Remote.send(doors.read, body, "Content-Type", "application/x-protobuf;proto=x")
                .status())
        .isEqualTo(415);
  }

  @Test
  void keepsItsLimits() {
    ProtobufWriter queries = new ProtobufWriter(64);
    for (int i = 0; i < 101; i++) {
      Remote.query(queries, 0, T, UP);
    }
    assertStatus(400, SnappyBlock.pack(queries.toByteArray()), "more than 100 queries");
    Matcher[] matchers = new Matcher[201];
    Arrays.fill(matchers, UP);
    assertStatus(400, Remote.read(0, T, matchers), "more than 200 matchers");
    assertStatus(
        400, Remote.read(0, T, new Matcher(2, "a", "x".repeat(65_537))), "longer than 65536");
  }

  @Test
  void tellsWhoAsksForTooManySamplesToStream() {
    Doors small = new Doors(options().withSamplesMax(2));
    small.write(
        new WriteRequestEncoder()
            .series("__name__", "up")
            .sample(T, 1)
            .sample(T - 1, 1)
            .sample(T - 2, 1));
    Response answer = Remote.send(small.read, Remote.read(0, T, UP));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("more than 2 samples", "STREAMED_XOR_CHUNKS");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void answersAFailureOfTheStore(Kind kind) {
    write("up", "job", "a", 1);
    doors.store.failAfter(0, new StoreException(kind, "the store said so"));
    Response answer = Remote.send(doors.read, Remote.read(0, T, UP));
    if (kind == Kind.NOT_FOUND) {
      assertThat(answer.status()).isEqualTo(200);
    } else if (kind.retryable()) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers().first("Retry-After")).isPresent();
    } else {
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  @Test
  void sendsAwayWhatComesWhileTooManyRead() {
    Doors busy = new Doors(options().withConcurrent(1, Duration.ZERO));
    busy.write(new WriteRequestEncoder().series("__name__", "up").sample(T, 1));
    byte[] request = Remote.read(0, T, new Matcher(2, "__name__", "u."));
    Response[] inner = {null};
    Handler[] self = {null};
    self[0] =
        new RemoteRead(
                MemoryStore.TABLE,
                options().withConcurrent(1, Duration.ZERO),
                ReadListener.NONE,
                () -> Doors.START)
            .over(
                busy.store,
                new Recatalog(busy.store, () -> inner[0] = Remote.send(self[0], request)));
    assertThat(Remote.send(self[0], request).status()).isEqualTo(200);
    assertThat(inner[0].status()).isEqualTo(503);
    assertThat(inner[0].headers().first("Retry-After")).isPresent();
  }

  @Test
  void cutsAStreamThatFailsAfterItsBeginning() {
    Doors small = new Doors(sliced());
    small.write(
        new WriteRequestEncoder()
            .series("__name__", "up", "a", "1")
            .sample(T, 1)
            .series("__name__", "up", "a", "2")
            .sample(T, 1));
    byte[] request = Streams.streamed(Remote.read(0, T, UP));
    Response answer = Response.empty(503);
    for (int calls = 1; calls < 20 && answer.status() == 503; calls++) {
      small.store.failAfter(calls, new StoreException(Kind.UNAVAILABLE, "gone"));
      answer = Remote.send(small.read, request);
    }
    assertThat(answer.status()).isEqualTo(200);
    Response.Body body = answer.body();
    small.store.failAfter(0, new StoreException(Kind.UNAVAILABLE, "gone"));
    assertThatThrownBy(() -> body.writeTo(OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class);
    assertThat(small.reads.getLast().cut()).isTrue();
  }

  @Test
  void endsAReadThatSpendsItsTimeOnExpressions() {
    write("up", "job", "a", 1);
    long[] minutes = {0};
    Handler slow =
        new RemoteRead(
                MemoryStore.TABLE,
                options(),
                ReadListener.NONE,
                () -> Doors.START.plusSeconds(90 * minutes[0]++))
            .over(doors.store, doors.store);
    byte[] request = Remote.read(0, T, UP, new Matcher(2, "job", "[a-c]"));
    assertThat(Remote.send(slow, request).status()).isEqualTo(503);
  }

  @Test
  void reportsWhatItRead() {
    write("up", "job", "a", 1);
    doors.read(0, T, UP);
    ReadReport report = doors.reads.getLast();
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.samples()).isEqualTo(1);
    assertThat(report.series()).isEqualTo(1);
    assertThat(report.statements()).isEqualTo(statements());
  }

  private List<String> names(Matcher... matchers) {
    return doors.read(0, T, matchers).stream()
        .map(series -> series.labels().get("__name__"))
        .distinct()
        .sorted()
        .toList();
  }

  private void write(String metric, String label, String value, double sample) {
    Response answer =
        doors.write(
            new WriteRequestEncoder().series("__name__", metric, label, value).sample(T, sample));
    assertThat(answer.status()).isEqualTo(204);
  }

  private void assertStatus(int status, byte[] body, String message) {
    Response answer = Remote.send(doors.read, body);
    assertThat(Remote.text(answer)).contains(message);
    assertThat(answer.status()).isEqualTo(status);
  }

  private static byte[] accepting(int... types) {
    ProtobufWriter writer = new ProtobufWriter(64);
    Remote.query(writer, 0, T, UP);
    int list = writer.begin(2);
    for (int type : types) {
      writer.varint(type);
    }
    writer.end(list);
    return SnappyBlock.pack(writer.toByteArray());
  }
}
