// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.ConnectorFixture.answers;
import static dev.weir.e2e.ConnectorFixture.labels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the connector answers remote read, beside how the AWS connector does: what is kept, and what
 * is different. The rows of {@code e2e/aws-connector-behaviours.md} name these tests.
 */
class ConnectorReadIT {

  /** Over one page of Timestream, however it is asked. */
  private static final int MANY = 60_000;

  private static final AtomicInteger METRICS = new AtomicInteger();

  @TempDir static Path folder;
  private static ConnectorFixture fixture;

  /** A full second, so that the milliseconds of the tests are what they say. */
  private final long second = System.currentTimeMillis() / 1_000 * 1_000 - 60_000;

  private final String metric = "read_" + METRICS.incrementAndGet();

  @BeforeAll
  static void start() {
    fixture = new ConnectorFixture(folder);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  /**
   * The AWS connector cuts both ends to seconds: the newest 999 ms are missing, older come along.
   */
  @Test
  void keepsBothEndsOfTheRangeToTheMillisecond() {
    SampleRead[] samples = new SampleRead[5];
    long[] offsets = {0, 499, 500, 1_998, 1_999};
    Arrays.setAll(samples, i -> SampleRead.of(second + offsets[i], i));
    fixture.writes(new WireWriter().series(labels(metric), samples));
    assertThat(range(500, 1_998)).containsExactly(samples[2], samples[3]);
    assertThat(range(499, 1_999)).containsExactly(Arrays.copyOfRange(samples, 1, 5));
    assertThat(range(1_999, 1_999)).containsExactly(samples[4]);
    assertThat(range(2_000, 9_000)).isEmpty();
  }

  private List<SampleRead> range(long from, long to) {
    ReadQuery query = ReadQuery.between(second + from, second + to).equal("__name__", metric);
    return fixture.found(query).stream().flatMap(series -> series.samples().stream()).toList();
  }

  /** The AWS connector takes the hints' range in place of the query's. */
  @Test
  void givesNothingOutsideOfTheRangeWhateverTheHintsSay() {
    SampleRead[] samples = new SampleRead[10];
    Arrays.setAll(samples, i -> SampleRead.of(second + 1_000 * i, i));
    fixture.writes(new WireWriter().series(labels(metric), samples));
    ReadQuery query =
        ReadQuery.between(second + 2_000, second + 4_000)
            .equal("__name__", metric)
            .hints(second, second + 9_000);
    assertThat(fixture.found(query))
        .containsExactly(
            new SeriesRead(labels(metric), List.of(Arrays.copyOfRange(samples, 2, 5))));
  }

  /** The AWS connector's match anywhere: {@code ap} and {@code p*} find all three. */
  @Test
  void anchorsRegularExpressions() {
    writeJobs("api", "api-gateway", "web");
    assertThat(jobs(query().matching("job", "api"))).containsExactly("api");
    assertThat(jobs(query().matching("job", "ap"))).isEmpty();
    assertThat(jobs(query().matching("job", "p*"))).isEmpty();
    assertThat(jobs(query().matching("job", "api.*"))).containsExactly("api", "api-gateway");
    assertThat(jobs(query().notMatching("job", "api"))).containsExactly("api-gateway", "web");
  }

  /** The AWS connector hands them to Timestream, whose dialect is Java's. */
  @Test
  void readsRegularExpressionsAsPrometheusDoes() {
    writeJobs("api", "API", "a.i", "line\nend");
    assertThat(jobs(query().matching("job", "(?i)api"))).containsExactly("API", "api");
    assertThat(jobs(query().matching("job", "a\\.i"))).containsExactly("a.i");
    assertThat(jobs(query().matching("job", "line.end"))).containsExactly("line\nend");
    assertThat(jobs(query().matching("job", "[[:upper:]]+"))).containsExactly("API");
  }

  /** With the AWS connector a quote breaks the query, or changes what it asks for. */
  @Test
  void escapesQuotes() {
    String odd = "it's \"odd\" \\ 100% _ ü";
    writeJobs(odd, "other");
    assertThat(jobs(query().equal("job", odd))).containsExactly(odd);
    assertThat(jobs(query().notEqual("job", odd))).containsExactly("other");
    assertThat(jobs(query().matching("job", "it's.*"))).containsExactly(odd);
    assertThat(jobs(query().equal("job", "x' OR '1' = '1"))).isEmpty();
    assertThat(jobs(query().equal("x\" = 'x' OR \"job", "other"))).isEmpty();
  }

  /** With the AWS connector NULL fails each of these, and a label that no series has, the query. */
  @Test
  void takesAnAbsentLabelAsEmpty() {
    fixture.writes(
        new WireWriter()
            .series(labels(metric, "job", "with", "zone", "a"), SampleRead.of(second, 1))
            .series(labels(metric, "job", "without"), SampleRead.of(second, 2)));
    assertThat(jobs(query().equal("zone", ""))).containsExactly("without");
    assertThat(jobs(query().notEqual("zone", "a"))).containsExactly("without");
    assertThat(jobs(query().notEqual("zone", ""))).containsExactly("with");
    assertThat(jobs(query().matching("zone", "a|"))).containsExactly("with", "without");
    assertThat(jobs(query().notMatching("zone", "b"))).containsExactly("with", "without");
    assertThat(jobs(query().equal("nosuch", ""))).containsExactly("with", "without");
    assertThat(jobs(query().notEqual("nosuch", "x"))).containsExactly("with", "without");
    assertThat(jobs(query().notMatching("nosuch", "x"))).containsExactly("with", "without");
    assertThat(jobs(query().equal("nosuch", "x"))).isEmpty();
  }

  /** The AWS connector merges all into one result, which Prometheus refuses, or ends in a panic. */
  @Test
  void givesAResultForEachQueryInTheirOrder() {
    writeJobs("a", "b");
    ReadAnswer answer =
        fixture
            .client()
            .read(
                query().equal("job", "b"),
                query().equal("nosuch", "x"),
                query(),
                query().equal("job", "a"));
    assertThat(answer.results().stream().map(ConnectorReadIT::jobs))
        .containsExactly(List.of("b"), List.of(), List.of("a", "b"), List.of("a"));
  }

  /** The AWS connector gives a series twice where it goes over the end of a page. */
  @Test
  void givesASeriesOnceHoweverManyPagesItTakes() {
    SampleRead[] samples = new SampleRead[MANY];
    Arrays.setAll(samples, i -> SampleRead.of(second - 3_600_000 + 50L * i, i / 3.0));
    fixture.writes(new WireWriter().series(labels(metric), samples));
    List<SeriesRead> found =
        fixture.found(
            ReadQuery.between(second - 3_600_000, second + 60_000).equal("__name__", metric));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().samples()).hasSize(MANY).containsExactly(samples);
  }

  /** The AWS connector knows samples only, whatever the client takes. */
  @Test
  void streamsToWhoTakesIt() {
    writeJobs("a");
    byte[] request =
        new WireWriter()
            .message(
                1,
                new WireWriter()
                    .varint(1, second)
                    .varint(2, second)
                    .message(3, new WireWriter().varint(1, 0).text(2, "job").text(3, "a")))
            .bytes(2, new byte[] {1})
            .compressed();
    HttpResponse<byte[]> response = fixture.client().read(request);
    answers(response, 200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse");
    assertThat(response.body()).isNotEmpty();
  }

  /** As the AWS connector. */
  @Test
  void answersSamplesAsSnappyProtobuf() {
    HttpResponse<byte[]> response = fixture.client().read(ReadQuery.request(query()));
    answers(response, 200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("snappy");
    assertThat(ReadAnswer.of(response.body()).only()).isEmpty();
  }

  /** As the AWS connector. */
  @Test
  void refusesUnknownMatchersAndBrokenExpressions() {
    byte[] unknown = ReadQuery.request(query().matcher(7, "job", "a"));
    answers(fixture.client().read(unknown), 400);
    byte[] broken = ReadQuery.request(query().matching("job", "(unclosed"));
    assertThat(answers(fixture.client().read(broken), 400)).contains("job", "missing closing )");
    answers(fixture.client().read(new byte[] {1, 2, 3}), 400);
  }

  /** The AWS connector: 400, and no word of which table. */
  @Test
  void aMissingTableIsEmptyToReadersAndLaterToWriters() {
    LocalTimestream timestream = fixture.timestream();
    try (ConnectorProcess lost =
        ConnectorProcess.start(folder, timestream.endpoint(), ConnectorFixture.DATABASE, "late")) {
      RemoteClient client = ConnectorFixture.client(lost);
      assertThat(client.read(query()).only()).isEmpty();
      byte[] body = new WireWriter().series(labels(metric), SampleRead.of(second, 1)).compressed();
      HttpResponse<byte[]> response = client.write(body);
      assertThat(answers(response, 503)).contains("late");
      assertThat(response.headers().firstValue("Retry-After")).isPresent();

      timestream.addTable(ConnectorFixture.DATABASE, "late");
      answers(client.write(body), 204);
      assertThat(client.read(query()).only())
          .containsExactly(new SeriesRead(labels(metric), List.of(SampleRead.of(second, 1))));
    }
  }

  /** A label that appears while the connector runs is known at the next query. */
  @Test
  void knowsALabelThatIsNewInTheTable() {
    String label = "new_" + metric;
    assertThat(fixture.found(query().equal(label, "x"))).isEmpty();
    Map<String, String> labels = labels(metric, label, "x");
    fixture.writes(new WireWriter().series(labels, SampleRead.of(second, 1)));
    SeriesRead written = new SeriesRead(labels, List.of(SampleRead.of(second, 1)));
    assertThat(fixture.found(query().equal(label, "x"))).containsExactly(written);
    assertThat(fixture.found(query())).containsExactly(written);
  }

  private ReadQuery query() {
    return ReadQuery.around(second).equal("__name__", metric);
  }

  private void writeJobs(String... jobs) {
    WireWriter body = new WireWriter();
    for (String job : jobs) {
      body.series(labels(metric, "job", job), SampleRead.of(second, 1));
    }
    fixture.writes(body);
  }

  private static List<String> jobs(ReadQuery query) {
    return jobs(fixture.found(query));
  }

  private static List<String> jobs(List<SeriesRead> found) {
    return found.stream().map(series -> series.labels().get("job")).toList();
  }
}
