// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.ConnectorFixture.answers;
import static dev.weir.e2e.ConnectorFixture.labels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the connector starts, listens and counts, beside how the AWS connector does. The rows of
 * {@code e2e/aws-connector-behaviours.md} name these tests.
 */
class ConnectorStartIT {

  private static final List<String> TABLE_FLAGS =
      List.of("--default-database=prom", "--default-table=metrics");
  private static final String REFUSED = "http://127.0.0.1:9";

  @TempDir static Path folder;
  private static ConnectorFixture fixture;

  private final long now = System.currentTimeMillis();

  @BeforeAll
  static void start() {
    fixture = new ConnectorFixture(folder);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  /** The flags of the AWS connector, with its defaults. */
  @ParameterizedTest
  @CsvSource({
    "enable-logging, true",
    "region, us-east-1",
    "max-read-retries, 3",
    "max-write-retries, 10",
    "default-database,",
    "default-table,",
    "enable-sigv4-auth, true",
    "query-base-endpoint,",
    "write-base-endpoint,",
    "web.listen-address, :9201",
    "web.telemetry-path, /metrics",
    "fail-on-long-label, false",
    "fail-on-invalid-sample-value, false",
    "log.level, info",
    "log.format, logfmt",
    "tls-certificate,",
    "tls-key,"
  })
  void keepsTheFlagsAndTheirDefaults(String flag, String standard) {
    Matcher described =
        Pattern.compile(" --" + Pattern.quote(flag) + "=(.*?)( --[a-z0-9.-]+=| -h, --help)")
            .matcher(Help.TEXT.replaceAll("\\s+", " "));
    assertThat(described.find()).as("--%s in %s", flag, Help.TEXT).isTrue();
    if (standard == null) {
      assertThat(described.group(1)).doesNotContain("Default ");
    } else {
      assertThat(described.group(1)).contains("Default " + standard + ".");
    }
  }

  /** Asked once. */
  private static final class Help {
    static final String TEXT = ended(0, Map.of(), List.of("--help"));
  }

  @Test
  void endsWithStatus1AndOneLineWhereItCannotStart() {
    assertThat(refusal("--default-table=metrics")).contains("default-database");
    assertThat(refusal("--default-database=prom")).contains("default-table");
    assertThat(refusal(table("--nosuch=1"))).contains("nosuch");
    assertThat(refusal(table("--enable-logging=perhaps"))).contains("enable-logging", "perhaps");
    assertThat(refusal(table("--fail-on-long-label", "maybe"))).contains("maybe");
    assertThat(refusal(table("--max-write-retries=many"))).contains("max-write-retries");
    assertThat(refusal(table("--web.listen-address=" + fixture.connector().web().address())))
        .contains(Integer.toString(fixture.connector().web().port()));
  }

  @ParameterizedTest
  @CsvSource({"--x,true", "--x=TRUE,''", "--x,''"})
  void takesTheSpellingsOfTrue(String flag, String word) {
    List<String> flags = new ArrayList<>(TABLE_FLAGS);
    flags.add(flag.replace("--x", "--fail-on-invalid-sample-value"));
    if (!word.isEmpty()) {
      flags.add(word);
    }
    flags.add("--write-base-endpoint=" + fixture.timestream().endpoint());
    flags.add("--query-base-endpoint=" + fixture.timestream().endpoint());
    try (ConnectorProcess connector = ConnectorProcess.start(folder, Map.of(), flags)) {
      byte[] body =
          new WireWriter().series(labels("spelled"), SampleRead.of(now, Double.NaN)).compressed();
      answers(ConnectorFixture.client(connector).write(body), 400);
    }
  }

  @Test
  void isSilentWhereItIsTold() {
    try (ConnectorProcess connector =
        fixture.another("--enable-logging", "F", "--fail-on-long-label=f")) {
      answers(ConnectorFixture.client(connector).write(new WireWriter().compressed()), 204);
      assertThat(connector.process().output()).doesNotContain("ready to begin serving");
    }
  }

  @Test
  void keepsTheLinesThatPeopleSearchTheirLogsFor() {
    assertThat(fixture.connector().process().output())
        .contains(
            "timestream-prometheus-connector",
            "Timestream connection is initialized (Database: prom, Table: metrics, Region:"
                + " us-east-1)",
            "The Prometheus Connector is now ready to begin serving ingestion and query"
                + " requests.");
  }

  /** The variable of a VPC without internet: with both endpoints there is nothing to discover. */
  @Test
  void needsBothEndpointsWhereDiscoveryIsOff() {
    Map<String, String> off = Map.of("AWS_ENABLE_ENDPOINT_DISCOVERY", "false");
    assertThat(ended(1, off, table("--write-base-endpoint=" + REFUSED)))
        .contains("AWS_ENABLE_ENDPOINT_DISCOVERY", "--query-base-endpoint");
    List<String> both =
        new ArrayList<>(
            List.of(
                table(
                    "--write-base-endpoint=" + fixture.timestream().endpoint(),
                    "--query-base-endpoint=" + fixture.timestream().endpoint())));
    try (ConnectorProcess connector = ConnectorProcess.start(folder, off, both)) {
      byte[] body = new WireWriter().series(labels("off"), SampleRead.of(now, 1)).compressed();
      answers(ConnectorFixture.client(connector).write(body), 204);
    }
  }

  /** Not in the AWS connector: the SDK's own credentials, here of the environment. */
  @Test
  void signsWithCredentialsOfItsEnvironment() {
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", LocalTimestream.OWNER.key(),
            "AWS_SECRET_ACCESS_KEY", LocalTimestream.OWNER.secret());
    List<String> flags =
        List.of(
            table(
                "--credentials=environment",
                "--write-base-endpoint=" + fixture.timestream().endpoint(),
                "--query-base-endpoint=" + fixture.timestream().endpoint()));
    try (ConnectorProcess connector = ConnectorProcess.start(folder, environment, flags)) {
      RemoteClient nobody = RemoteClient.ofConnector(connector.web());
      byte[] body = new WireWriter().series(labels("own"), SampleRead.of(now, 1)).compressed();
      answers(nobody.write(body), 204);
      assertThat(nobody.read(ReadQuery.around(now).equal("__name__", "own")).only()).hasSize(1);
    }
    assertThat(refusal(table("--credentials=environment", "--web.listen-address=0.0.0.0:0")))
        .contains("web.config.file");
  }

  @Test
  void answersOnItsPathsAndNoOthers() {
    try (ConnectorProcess moved = fixture.another("--web.telemetry-path=/figures")) {
      Web web = moved.web();
      assertThat(web.get("/figures").statusCode()).isEqualTo(200);
      assertThat(web.get("/figures").body()).contains("timestream_connector_");
      assertThat(web.get("/metrics").statusCode()).isEqualTo(404);
      assertThat(web.get("/nosuch").statusCode()).isEqualTo(404);
      assertThat(web.get("/").statusCode()).isEqualTo(404);
      assertThat(web.post("/", Map.of()).statusCode()).isEqualTo(404);
    }
  }

  /** Not in the AWS connector, which has no health and no end but a kill. */
  @Test
  void saysHowItIsAndEndsWhenAsked() {
    try (ConnectorProcess connector = fixture.another()) {
      assertThat(connector.web().get("/-/healthy").statusCode()).isEqualTo(200);
      assertThat(connector.web().get("/-/ready").statusCode()).isEqualTo(200);
      assertThat(connector.process().terminate()).isIn(0, 143);
    }
  }

  @Test
  void keepsTheMetrics() {
    try (ConnectorProcess connector = fixture.another()) {
      RemoteClient client = ConnectorFixture.client(connector);
      WireWriter body = new WireWriter();
      for (int part = 0; part < 250; part++) {
        body.series(
            labels("counted", "part", Integer.toString(part)),
            SampleRead.of(now - 1_000, part),
            SampleRead.of(now, part));
      }
      body.series(labels("counted", "l".repeat(61), "x"), SampleRead.of(now, 1));
      answers(client.write(body.compressed()), 204);
      assertThat(client.read(ReadQuery.around(now).equal("__name__", "counted")).only())
          .hasSize(250);

      assertThat(metric(connector, "received_samples_total")).isEqualTo(501);
      assertThat(metric(connector, "ignored_samples_total")).isEqualTo(1);
      double calls = metric(connector, "write_requests_total");
      assertThat(calls).isBetween(5.0, 20.0);
      assertThat(metric(connector, "write_duration_seconds_count")).isEqualTo(calls);
      assertThat(metric(connector, "read_requests_total")).isPositive();
      assertThat(metric(connector, "read_duration_seconds_count")).isEqualTo(1);
      assertThat(connector.web().get("/metrics").body())
          .contains("timestream_connector_write_duration_seconds_bucket{le=\"0.005\"}");
    }
  }

  private static double metric(ConnectorProcess connector, String name) {
    return connector.web().metric("timestream_connector_" + name).orElse(-1);
  }

  @Test
  void speaksTlsWithACertificateAndItsKeyAndEndsWithOthers() throws Exception {
    TestAuthority authority = new TestAuthority(Files.createDirectories(folder.resolve("tls")));
    authority.issue("good", List.of("localhost"));
    authority.issue("other", List.of("localhost"));
    try (ConnectorProcess connector =
        fixture.another(
            "--tls-certificate=" + authority.chainFile("good"),
            "--tls-key=" + authority.keyFile("good"))) {
      assertThat(overTls(authority, connector.web().port())).isEqualTo(204);
    }
    Path garbage = Files.writeString(folder.resolve("garbage.key"), "not a key");
    for (Path key : List.of(authority.keyFile("other"), garbage, folder.resolve("nosuch.key"))) {
      String said =
          refusal(
              table(
                  "--web.listen-address=127.0.0.1:0",
                  "--tls-certificate=" + authority.chainFile("good"),
                  "--tls-key=" + key));
      assertThat(said).contains(key.getFileName().toString());
    }
  }

  private static int overTls(TestAuthority authority, int port) throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, authority.trust(), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/write"))
              .headers(LocalTimestream.OWNER.headers())
              .POST(HttpRequest.BodyPublishers.ofByteArray(new WireWriter().compressed()));
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static String[] table(String... more) {
    return Stream.concat(TABLE_FLAGS.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static String refusal(String... flags) {
    String said = ended(1, Map.of(), List.of(flags));
    assertThat(said.lines()).as(said).hasSize(1);
    return said;
  }

  private static String ended(int status, Map<String, String> environment, String... flags) {
    return ended(status, environment, List.of(flags));
  }

  /** What it wrote until it ended by itself. */
  private static String ended(int status, Map<String, String> environment, List<String> flags) {
    Path log = folder.resolve("ended-" + System.nanoTime() + ".log");
    try (RealProcess process = ConnectorProcess.startUnready(log, environment, flags)) {
      assertThat(process.waitForExit()).as(process::lastOutput).isEqualTo(status);
      assertThat(process.output()).doesNotContain("\tat ");
      return process.output();
    }
  }
}
