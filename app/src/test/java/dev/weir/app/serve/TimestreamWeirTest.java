// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.backup.BackupVerb;
import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.app.settings.ConnectorSettings;
import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.TestChecks;
import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.app.settings.UpstreamSettings;
import dev.weir.document.Document;
import dev.weir.document.DocumentKey;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.server.ConsoleOptions;
import dev.weir.server.Door;
import dev.weir.server.ListenAddress;
import dev.weir.store.TableName;
import dev.weir.store.embedded.document.FileDocuments;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the rooms are put together on Timestream; what they answer is tested where they are. */
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimestreamWeirTest {

  private static final String TAKEN =
      "{'RecordsIngested':{'Total':1,'MemoryStore':1,'MagneticStore':0}}";
  private static final String ALICE = basic("ALICE:secret");

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private FakeTimestream timestream;
  private TimestreamWeir weir;
  private String url;

  @BeforeEach
  void start() throws Exception {
    timestream = new FakeTimestream();
    timestream.answers(200, TAKEN);
    weir = TimestreamWeir.connector(settings(), InstantSource.system());
    url = weir.start();
  }

  @AfterEach
  void stop() {
    weir.stop();
    timestream.close();
    http.shutdownNow();
  }

  @Test
  void asksTimestreamForNothingUntilItIsAskedItself() throws Exception {
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(timestream.seen()).isEmpty();
  }

  @Test
  void signsEachRequestWithWhatItBrings() throws Exception {
    assertThat(write("/write", "Authorization", ALICE).statusCode()).isEqualTo(204);
    assertThat(
            write(
                    "/api/v1/write",
                    "Authorization",
                    basic("BOB:other"),
                    "X-Amz-Security-Token",
                    "of-bob")
                .statusCode())
        .isEqualTo(204);
    assertThat(timestream.seen())
        .extracting(FakeTimestream.Seen::credential)
        .containsExactly("ALICE eu-west-1", "BOB eu-west-1");
    assertThat(timestream.seen())
        .extracting(FakeTimestream.Seen::token)
        .containsExactly("", "of-bob");
    assertThat(timestream.seen().getFirst().body())
        .contains("\"DatabaseName\":\"metrics\"", "\"TableName\":\"samples\"");
    assertThat(get("/metrics").body())
        .contains(
            "\ntimestream_connector_received_samples_total 2.0\n",
            "\ntimestream_connector_write_requests_total 2.0\n",
            "\ntimestream_connector_write_duration_seconds_count 2\n",
            "\nweir_samples_stored_total 2.0\n",
            "\nweir_upstream_attempts_total{ending=\"done\",side=\"write\"} 2.0\n");
  }

  @Test
  void asksForCredentialsWithoutAskingTimestream() throws Exception {
    for (String path : new String[] {"/write", "/read", "/api/v1/write", "/api/v1/read"}) {
      assertThat(write(path).statusCode()).as(path).isEqualTo(401);
      assertThat(write(path, "Authorization", "Basic b25lIHdvcmQ=").statusCode())
          .as(path)
          .isEqualTo(401);
    }
    assertThat(timestream.seen()).isEmpty();
  }

  /** The AWS connector answers 400, 403 or 404 there, and the sender drops its samples. */
  @Test
  void whatAnOperatorCanMendKeepsTheSamplesWithTheirSender() throws Exception {
    timestream.answers(
        403, "{'__type':'AccessDeniedException','Message':'not authorized to WriteRecords'}");
    HttpResponse<String> denied = write("/write", "Authorization", ALICE);
    assertThat(denied.statusCode()).isEqualTo(503);
    assertThat(denied.headers().firstValue("Retry-After")).isPresent();
    assertThat(denied.body()).contains("not authorized").doesNotContain("secret");
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
  }

  /** With credentials of the requests there is nothing to ask with. */
  @Test
  void serveIsReadyWhenItListensWithoutCredentialsOfItsOwn() throws Exception {
    timestream.answers(500, "{'__type':'InternalServerException','Message':'ill'}");
    weir.stop();
    ServeSettings.Timestream store = new ServeSettings.Timestream(settings().upstream());
    weir = TimestreamServe.of(serve(store), store, InstantSource.system());
    url = weir.start();
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    assertThat(timestream.seen()).isEmpty();
  }

  /** And nothing is asked until someone probes. */
  @Test
  void serveIsReadyWhileTimestreamAnswersWhereItHasCredentialsOfItsOwn() throws Exception {
    weir.stop();
    UpstreamSettings told = settings().upstream();
    ServeSettings.Timestream store =
        new ServeSettings.Timestream(
            new UpstreamSettings(
                told.region(),
                told.writeEndpoint(),
                told.queryEndpoint(),
                1,
                1,
                CredentialsSource.ENVIRONMENT));
    AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    System.setProperty("aws.accessKeyId", "OWN");
    System.setProperty("aws.secretAccessKey", "hidden");
    try {
      weir = TimestreamServe.of(serve(store), store, clock::get);
      url = weir.start();
      assertThat(timestream.seen()).isEmpty();
      timestream.answers(
          200,
          "{'QueryId':'Q','Rows':[],'ColumnInfo':"
              + "[{'Name':'Database','Type':{'ScalarType':'VARCHAR'}}]}");
      assertThat(ready(200).body()).isEqualTo("Weir is ready.\n");
      assertThat(timestream.seen())
          .singleElement()
          .extracting(FakeTimestream.Seen::operation, FakeTimestream.Seen::credential)
          .containsExactly("Query", "OWN eu-west-1");
      timestream.answers(500, "{'__type':'InternalServerException','Message':'ill'}");
      clock.updateAndGet(now -> now.plusSeconds(31));
      HttpResponse<String> ill = ready(503);
      assertThat(ill.body()).startsWith("Weir is not ready: Timestream does not answer");
      assertThat(ill.headers().firstValue("Retry-After")).isPresent();
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void serveKeepsSitesInTheDataFolderAndBackupsHaveThem() throws Exception {
    weir.stop();
    ServeSettings.Timestream store = new ServeSettings.Timestream(settings().upstream());
    ServeSettings plain = serve(store);
    Path data = folder.resolve("data");
    Path sites =
        Files.writeString(
            folder.resolve("sites.yaml"),
            "sites: [{id: shop, endpoint: 'http://127.0.0.1:1/', interval: 1h}]");
    ServeSettings settings =
        new ServeSettings(
            store,
            new ServeSettings.Checks(data, Optional.of(sites), TestChecks.in(data, "any")),
            false,
            plain.table(),
            plain.web(),
            plain.write(),
            plain.log());
    weir = TimestreamServe.of(settings, store, InstantSource.system());
    weir.start();
    assertThat(siteOfBackup(data, "of-running")).contains("127.0.0.1");
    weir.stop();
    assertThat(siteOfBackup(data, "of-stopped")).contains("127.0.0.1");
    assertThat(data.resolve("format")).doesNotExist();
  }

  private String siteOfBackup(Path data, String name) {
    Path copy = folder.resolve(name);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code =
        new CommandLine(
                List.of(new BackupVerb(ServeVerb::closedStore)),
                new Terminal(out, out, Map.of(), folder))
            .run(List.of("backup", copy.toString(), "--data-dir=" + data));
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    try (FileDocuments documents = FileDocuments.open(copy)) {
      return documents
          .get(new DocumentKey("sites", "default/shop"))
          .map(Document::json)
          .orElse("there is no site");
    }
  }

  /** As a prober: what Timestream says may come a moment after it was asked for. */
  private HttpResponse<String> ready(int status) throws Exception {
    HttpResponse<String> answer = get("/-/ready");
    while (answer.statusCode() != status) {
      answer = get("/-/ready");
    }
    return answer;
  }

  private ServeSettings serve(ServeSettings.Store store) {
    ConnectorSettings same = settings();
    return new ServeSettings(
        store,
        new ServeSettings.Checks(folder, Optional.empty(), TestChecks.in(folder, "any")),
        false,
        same.table(),
        same.web(),
        same.write(),
        same.log());
  }

  private ConnectorSettings settings() {
    return new ConnectorSettings(
        new TableName("metrics", "samples"),
        new UpstreamSettings(
            "eu-west-1",
            Optional.of(timestream.endpoint()),
            Optional.of(timestream.endpoint()),
            1,
            1,
            CredentialsSource.REQUEST),
        new ServeSettings.Web(
            new ListenAddress("127.0.0.1", 0),
            "/metrics",
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Set.of(Door.PROMETHEUS),
            Optional.empty(),
            ConsoleOptions.OPEN),
        new ServeSettings.Write(false, false, NonFiniteSamples.STORE, 503),
        new ServeSettings.Log(true, LogLevel.INFO, LogFormat.LOGFMT));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> write(String path, String... headers) throws Exception {
    byte[] body =
        new WriteRequestEncoder()
            .series("__name__", "up", "job", "test")
            .sample(System.currentTimeMillis(), 1)
            .body();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
