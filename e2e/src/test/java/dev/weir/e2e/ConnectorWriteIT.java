// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.ConnectorFixture.answers;
import static dev.weir.e2e.ConnectorFixture.labels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the connector takes samples, beside how the AWS connector does: what is kept, and what is
 * different. The rows of {@code e2e/aws-connector-behaviours.md} name these tests.
 */
class ConnectorWriteIT {

  private static final double STALE = Double.longBitsToDouble(0x7ff0_0000_0000_0002L);
  private static final long HOUR_MILLIS = 3_600_000;
  private static final AtomicInteger METRICS = new AtomicInteger();

  @TempDir static Path folder;
  private static ConnectorFixture fixture;

  private final long now = System.currentTimeMillis();
  private final String metric = "write_" + METRICS.incrementAndGet();

  @BeforeAll
  static void start() {
    fixture = new ConnectorFixture(folder);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void keepsTheRecordMapping() {
    fixture.writes(
        new WireWriter()
            .series(labels(metric, "job", "node", "instance", "a:9100"), SampleRead.of(now, 1.5)));
    assertThat(
            fixture.rows(
                "measure_name, job, instance, to_milliseconds(time), measure_value::double",
                metric))
        .containsExactly(List.of(metric, "node", "a:9100", Long.toString(now), "1.5"));
    assertThat(fixture.timestream().rows("DESCRIBE \"prom\".\"metrics\""))
        .contains(
            List.of("measure_name", "varchar", "MEASURE_NAME"),
            List.of("time", "timestamp", "TIMESTAMP"),
            List.of("measure_value::double", "double", "MEASURE_VALUE"),
            List.of("job", "varchar", "DIMENSION"),
            List.of("instance", "varchar", "DIMENSION"));
  }

  /** The AWS connector writes six digits: 0, 0.3 and 301 digits for some of these. */
  @Test
  void writesDoublesExactly() {
    double[] values = {
      1e-9, 0.1 + 0.2, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 1.0 / 3, 1e15 + 0.3
    };
    SampleRead[] samples = new SampleRead[values.length];
    Arrays.setAll(samples, i -> SampleRead.of(now - 60_000 + i, values[i]));
    fixture.writes(new WireWriter().series(labels(metric), samples));
    assertThat(fixture.samples(metric, now)).containsExactly(samples);
    assertThat(fixture.rows("measure_value::double", metric).getFirst())
        .satisfies(cells -> assertThat(Double.parseDouble(cells.getFirst())).isEqualTo(1e-9));
  }

  /** The AWS connector drops them and counts them as ignored. */
  @Test
  void keepsNanInfinitiesAndStaleMarkers() {
    SampleRead[] samples = {
      SampleRead.of(now - 5_000, 1),
      SampleRead.of(now - 4_000, Double.NaN),
      SampleRead.of(now - 3_000, Double.POSITIVE_INFINITY),
      SampleRead.of(now - 2_000, Double.NEGATIVE_INFINITY),
      SampleRead.of(now - 1_000, STALE)
    };
    fixture.writes(new WireWriter().series(labels(metric), samples));
    assertThat(fixture.samples(metric, now)).containsExactly(samples);
    assertThat(fixture.rows("measure_value::double", metric)).containsExactly(List.of("1.0"));
    assertThat(fixture.rows("measure_value::bigint", metric + "~bits")).hasSize(4);
  }

  /** As the AWS connector does without flags. */
  @Test
  void dropsThemWhereItIsTold() {
    try (ConnectorProcess dropping = fixture.another("--non-finite-samples=drop")) {
      answers(ConnectorFixture.client(dropping).write(finiteAndNot()), 204);
      assertThat(fixture.samples(metric, now)).containsExactly(SampleRead.of(now, 2));
      assertThat(fixture.rows("time", metric + "~bits")).isEmpty();
      assertThat(dropping.web().metric("timestream_connector_ignored_samples_total")).hasValue(1);
    }
  }

  /** With this flag the AWS connector ends: one bad sample stops all senders. */
  @Test
  void failsOnInvalidSampleValueWithoutEnding() {
    try (ConnectorProcess failing = fixture.another("--fail-on-invalid-sample-value")) {
      RemoteClient client = ConnectorFixture.client(failing);
      assertThat(answers(client.write(finiteAndNot()), 400)).contains("stored 1 of 2", metric);
      assertThat(fixture.samples(metric, now)).containsExactly(SampleRead.of(now, 2));
      assertThat(failing.process().isAlive()).isTrue();
      answers(client.write(new WireWriter().compressed()), 204);
    }
  }

  private byte[] finiteAndNot() {
    return new WireWriter()
        .series(labels(metric), SampleRead.of(now - 1_000, Double.NaN), SampleRead.of(now, 2))
        .compressed();
  }

  @Test
  void dropsSeriesWithALabelNameOver60BytesAndCountsThem() {
    double before = ignored(fixture.connector());
    fixture.writes(longAndShortLabel());
    assertThat(fixture.samples(metric, now)).containsExactly(SampleRead.of(now, 2));
    assertThat(ignored(fixture.connector()) - before).isEqualTo(1);
  }

  /** With this flag the AWS connector ends. */
  @Test
  void failsOnLongLabelWithoutEnding() {
    try (ConnectorProcess failing = fixture.another("--fail-on-long-label", "true")) {
      RemoteClient client = ConnectorFixture.client(failing);
      String text = answers(client.write(longAndShortLabel().compressed()), 400);
      assertThat(text).contains("stored 1 of 2", "60");
      assertThat(fixture.samples(metric, now)).containsExactly(SampleRead.of(now, 2));
      assertThat(failing.process().isAlive()).isTrue();
      answers(client.write(new WireWriter().compressed()), 204);
    }
  }

  private WireWriter longAndShortLabel() {
    return new WireWriter()
        .series(labels(metric, "l".repeat(61), "x"), SampleRead.of(now, 1))
        .series(labels(metric, "m".repeat(60), "x"), SampleRead.of(now, 2));
  }

  /** The AWS connector drops metrics over 60 bytes too, though Timestream takes 256. */
  @Test
  void takesMetricNamesOf256Bytes() {
    String longest = metric + "_" + "n".repeat(255 - metric.length());
    fixture.writes(
        new WireWriter()
            .series(labels(longest), SampleRead.of(now, 1))
            .series(labels(longest + "n"), SampleRead.of(now, 2)));
    assertThat(fixture.samples(longest, now)).containsExactly(SampleRead.of(now, 1));
    assertThat(fixture.rows("time", longest + "n")).isEmpty();
  }

  /** The AWS connector: 400. A sender then drops its data for want of a password. */
  @Test
  void asksForCredentialsWith401() {
    String[][] wrong = {
      {},
      {"Authorization", "Bearer abc"},
      {"Authorization", "Basic"},
      {"Authorization", "Basic !!!"},
      {"Authorization", "Basic " + encoded("nocolon")},
      {"Authorization", "Basic " + encoded(":secret")},
      {"Authorization", "Basic " + encoded("key:")}
    };
    byte[] body = new WireWriter().series(labels(metric), SampleRead.of(now, 1)).compressed();
    byte[] query = ReadQuery.request(ReadQuery.around(now).equal("__name__", metric));
    for (String[] headers : wrong) {
      RemoteClient client = RemoteClient.ofConnector(fixture.connector().web(), headers);
      for (HttpResponse<byte[]> response : List.of(client.write(body), client.read(query))) {
        answers(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
            .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
      }
    }
    assertThat(fixture.rows("time", metric)).isEmpty();
  }

  /** The AWS connector knows {@code Basic} in this case only. */
  @Test
  void takesTheSchemeInAnyCase() {
    String pair = LocalTimestream.OWNER.key() + ":" + LocalTimestream.OWNER.secret();
    RemoteClient client =
        RemoteClient.ofConnector(
            fixture.connector().web(), "Authorization", "basic " + encoded(pair));
    answers(client.write(new WireWriter().compressed()), 204);
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesBrokenSnappyAndBrokenProtobuf() {
    answers(fixture.client().write("no snappy".getBytes(StandardCharsets.UTF_8)), 400);
    byte[] cut = new WireWriter().series(labels(metric), SampleRead.of(now, 1)).toBytes();
    byte[] broken = WireWriter.compress(Arrays.copyOf(cut, cut.length - 3));
    answers(fixture.client().write(broken), 400);
    assertThat(fixture.rows("time", metric)).isEmpty();
  }

  /** The AWS connector looks at none of these headers. */
  @Test
  void refusesOtherEncodingsAndTypesAndMethods() {
    byte[] body = new WireWriter().series(labels(metric), SampleRead.of(now, 1)).compressed();
    answers(post("/write", body, "Content-Encoding", "gzip"), 415);
    answers(post("/write", body, "Content-Type", "application/json"), 415);
    answers(post("/read", body, "Content-Encoding", "gzip"), 415);
    answers(post("/write", body), 204);
    assertThat(fixture.connector().web().get("/write").statusCode()).isEqualTo(405);
    assertThat(fixture.connector().web().get("/read").statusCode()).isEqualTo(405);
  }

  private static HttpResponse<byte[]> post(String path, byte[] body, String... headers) {
    String[] all =
        Stream.of(LocalTimestream.OWNER.headers(), headers)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    return fixture.connector().web().post(path, body, all);
  }

  /** The AWS connector has no limit and unpacks whatever is declared. */
  @Test
  void refusesBodiesOverTheLimits() {
    byte[] declares65MiB = {(byte) 0x80, (byte) 0x80, (byte) 0xc0, 0x20, 0};
    assertThat(answers(fixture.client().write(declares65MiB), 413)).contains("67108864");
    byte[] over32MiB = ByteBuffer.allocate((32 << 20) + 1).put(0, (byte) 1).array();
    answers(fixture.client().write(over32MiB), 413);
  }

  /** The AWS connector reads a 2.0 body as an empty 1.0 body: 200, and all is lost. */
  @Test
  void takesRemoteWrite2() {
    WireWriter series =
        new WireWriter()
            .bytes(1, new byte[] {1, 2})
            .message(2, new WireWriter().fixed64(1, 3.5).varint(2, now));
    byte[] body =
        new WireWriter()
            .text(4, "")
            .text(4, "__name__")
            .text(4, metric)
            .message(5, series)
            .compressed();
    HttpResponse<byte[]> response =
        post(
            "/write",
            body,
            "Content-Type",
            "application/x-protobuf;proto=io.prometheus.write.v2.Request");
    answers(response, 204);
    assertThat(response.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
        .hasValue("1");
    assertThat(fixture.samples(metric, now)).containsExactly(SampleRead.of(now, 3.5));
    answers(fixture.client().write(body), 400);
  }

  /** As the AWS connector, which looks at samples only. */
  @Test
  void leavesExemplarsAndHistogramsAside() {
    WireWriter series =
        new WireWriter()
            .label("__name__", metric)
            .message(2, new WireWriter().fixed64(1, 1).varint(2, now))
            .message(3, new WireWriter().fixed64(2, 1).varint(3, now))
            .message(4, new WireWriter().varint(1, 3).varint(15, now));
    fixture.writes(new WireWriter().message(1, series));
    assertThat(fixture.samples(metric, now)).containsExactly(SampleRead.of(now, 1));
  }

  /** The AWS connector answers 400 for all, and the sender drops all. */
  @Test
  void refusesAnotherValueAtTheSameTimeAndStoresTheRest() {
    byte[] first = new WireWriter().series(labels(metric), SampleRead.of(now, 1)).compressed();
    answers(fixture.client().write(first), 204);
    answers(fixture.client().write(first), 204);
    byte[] second =
        new WireWriter()
            .series(labels(metric), SampleRead.of(now - 1_000, 5), SampleRead.of(now, 2))
            .compressed();
    assertThat(answers(fixture.client().write(second), 400)).contains("stored 1 of 2", metric);
    assertThat(fixture.samples(metric, now))
        .containsExactly(SampleRead.of(now - 1_000, 5), SampleRead.of(now, 1));
  }

  @Test
  void refusesWhatIsOlderThanTheTableKeepsAndStoresTheRest() {
    long old = now - (LocalTimestream.MEMORY_HOURS + 1) * HOUR_MILLIS;
    byte[] body =
        new WireWriter()
            .series(labels(metric), SampleRead.of(old, 1), SampleRead.of(now, 2))
            .series(labels(metric, "ahead", "1"), SampleRead.of(now + HOUR_MILLIS, 3))
            .compressed();
    assertThat(answers(fixture.client().write(body), 400)).contains("stored 1 of 3", metric);
    assertThat(fixture.samples(metric, now)).containsExactly(SampleRead.of(now, 2));
  }

  /** The AWS connector sends them as they are, and Timestream refuses the whole call. */
  @Test
  void takesLabelsThatTimestreamForbids() {
    Map<String, String> labels =
        labels(
            metric,
            "time",
            "t",
            "measure_name",
            "m",
            "measure_value",
            "v",
            "ts_x",
            "s",
            "weir_time",
            "w",
            "Job",
            "upper",
            "job",
            "lower");
    fixture.writes(new WireWriter().series(labels, SampleRead.of(now, 1)));
    assertThat(fixture.found(ReadQuery.around(now).equal("__name__", metric)))
        .containsExactly(new SeriesRead(labels, List.of(SampleRead.of(now, 1))));
    assertThat(
            fixture.found(
                ReadQuery.around(now).equal("__name__", metric).equal("measure_name", "m")))
        .hasSize(1);
  }

  @Test
  void takesAnEmptyLabelAsAbsent() {
    fixture.writes(
        new WireWriter().series(labels(metric, "empty", "", "job", "a"), SampleRead.of(now, 1)));
    assertThat(fixture.found(ReadQuery.around(now).equal("__name__", metric)))
        .containsExactly(
            new SeriesRead(labels(metric, "job", "a"), List.of(SampleRead.of(now, 1))));
  }

  /** The AWS connector: one series that Timestream can't hold costs the whole request. */
  @Test
  void oneSeriesThatTimestreamCannotHoldCostsItselfOnly() {
    String[] pairs = new String[2 * 130];
    for (int i = 0; i < 130; i++) {
      pairs[2 * i] = "label_%03d".formatted(i);
      pairs[2 * i + 1] = "v";
    }
    WireWriter body = new WireWriter();
    for (int part = 0; part < 150; part++) {
      body.series(labels(metric, "part", Integer.toString(part)), SampleRead.of(now, part));
      if (part == 75) {
        body.series(labels(metric, pairs), SampleRead.of(now, 1));
        body.series(labels(metric, "long", "x".repeat(3_000)), SampleRead.of(now, 1));
      }
    }
    String text = answers(fixture.client().write(body.compressed()), 400);
    assertThat(text).contains("stored 150 of 152");
    assertThat(fixture.found(ReadQuery.around(now).equal("__name__", metric))).hasSize(150);
  }

  private static double ignored(ConnectorProcess connector) {
    return connector.web().metric("timestream_connector_ignored_samples_total").orElseThrow();
  }
}
