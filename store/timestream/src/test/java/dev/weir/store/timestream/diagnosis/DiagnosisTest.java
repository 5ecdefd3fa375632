// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.store.TableName;
import dev.weir.store.kit.site.ClosedPort;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

  private static final String INGEST = "ingest-cell1.timestream.us-east-1.amazonaws.com";
  private static final String QUERY = "query-cell2.timestream.us-east-1.amazonaws.com";
  private static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "a secret that nobody may read";
  private static final TableName TABLE = new TableName("metrics-db", "metrics");

  @TempDir private static Path keys;
  private static Identities identities;

  @TempDir private Path folder;
  private AmbientCredentials credentials;
  private AmazonOverTls amazon;
  private InstantSource clock = InstantSource.system();
  private Duration stepMax = Duration.ofSeconds(20);

  @BeforeAll
  static void makeIdentities() {
    identities = new Identities(keys);
    identities.issue("good", "*.timestream.us-east-1.amazonaws.com", "-1d", 20);
    identities.issue("expired", "*.timestream.us-east-1.amazonaws.com", "-9d", 3);
    identities.issue("other", "example.com", "-1d", 20);
  }

  @BeforeEach
  void begin() {
    credentials = new AmbientCredentials(folder).with(ACCESS_KEY, SECRET);
    amazon = new AmazonOverTls(identities.server("good"));
  }

  @AfterEach
  void end() {
    credentials.close();
    amazon.close();
  }

  @Test
  void findsEverythingWell() {
    Map<String, Finding> found = examine();

    assertThat(found.keySet())
        .containsExactly(
            "credentials",
            "write name",
            "write connection",
            "write tls",
            "query name",
            "query connection",
            "query tls",
            "clock",
            "table",
            "retention",
            "write permission",
            "read permission");
    assertThat(found.values()).allSatisfy(finding -> is(finding, State.OK));
    says(found, "credentials", "AKIA…MPLE from Java's system properties");
    says(found, "write name", INGEST + " is 127.0.0.1 (this machine)");
    says(found, "write tls", "TLSv1.3, certificate of good by Authority, until ");
    says(found, "retention", "memory store 24 h, magnetic store 365 d, magnetic writes on");
    assertThat(amazon.asked("Query"))
        .contains("SELECT time FROM \\\"metrics-db\\\".\\\"metrics\\\"")
        .contains("LIMIT 0");
  }

  @Test
  void asksToWriteOnlyWhatTimestreamCannotTake() {
    examine();
    String sent = amazon.asked("WriteRecords");
    Instant time =
        Instant.ofEpochMilli(Long.parseLong(sent.replaceAll(".*\"Time\":\"(\\d+).*", "$1")));
    assertThat(time).isAfter(Instant.now().plus(Duration.ofDays(364)));
  }

  @Test
  void neverTellsTheSecret() {
    amazon.refuses("WriteRecords", 403, "UnrecognizedClientException", "no");
    assertThat(examine().values())
        .allSatisfy(finding ->
            assertThat(finding.toString()).doesNotContain(SECRET).doesNotContain(ACCESS_KEY));
  }

  @Test
  void saysThatACertificateHasExpiredAndLeavesOutWhatNeedsTls() {
    serveAs("expired");
    Map<String, Finding> found = examine();
    is(found.get("write connection"), State.OK);
    is(found.get("write tls"), State.FAIL);
    says(found, "write tls", "has expired (certificate of expired by Authority, until ");
    for (String name : List.of("clock", "table", "retention", "write permission")) {
      is(found.get(name), State.SKIPPED);
    }
    is(found.get("read permission"), State.SKIPPED);
  }

  @Test
  void saysThatACertificateIsForAnotherName() {
    serveAs("other");
    Map<String, Finding> found = examine();
    is(found.get("query tls"), State.FAIL);
    says(found, "query tls", "is made out to another name (certificate of other by Authority");
  }

  @Test
  void saysThatNobodyTrustsTheIssuer() {
    Map<String, Finding> found =
        examine(
            new Surroundings(
                this::address,
                Optional.empty(),
                clock,
                stepMax,
                Surroundings.ALL_MAX,
                "test",
                Map.of()));
    is(found.get("write tls"), State.FAIL);
    says(found, "write tls", "comes from nobody that this Java trusts");
    assertThat(found.get("write tls").remedy()).contains("javax.net.ssl.trustStore");
  }

  @Test
  void saysThatAPortIsClosed() throws IOException {
    Map<String, Finding> found;
    try (ClosedPort closed = new ClosedPort()) {
      found = examine(URI.create("https://" + INGEST + ":" + closed.number()), amazon.by(QUERY));
    }
    is(found.get("write name"), State.OK);
    is(found.get("write connection"), State.FAIL);
    says(found, "write connection", "refuses connections");
    is(found.get("write tls"), State.SKIPPED);
    is(found.get("write permission"), State.SKIPPED);
    is(found.get("clock"), State.OK);
    is(found.get("read permission"), State.OK);
  }

  @Test
  void saysThatANameCannotBeResolved() {
    Map<String, Finding> found =
        examine(URI.create("https://ingest-cell9.nowhere.test"), amazon.by(QUERY));
    is(found.get("write name"), State.FAIL);
    says(found, "write name", "ingest-cell9.nowhere.test can't be resolved");
    assertThat(found.get("write name").remedy()).contains("private DNS");
    is(found.get("write connection"), State.SKIPPED);
  }

  @Test
  void doesNotWaitForAServerThatIsSilent() throws IOException {
    stepMax = Duration.ofSeconds(1);
    try (ServerSocket silent = new ServerSocket(0)) {
      long begun = System.nanoTime();
      Map<String, Finding> found =
          examine(
              URI.create("https://" + INGEST + ":" + silent.getLocalPort()),
              URI.create("https://" + QUERY + ":" + silent.getLocalPort()));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      is(found.get("write tls"), State.FAIL);
      is(found.get("query tls"), State.FAIL);
    }
  }

  @ParameterizedTest
  @CsvSource({"-600,FAIL,behind", "600,FAIL,ahead of", "120,WARN,ahead of", "-20,OK,behind"})
  void comparesClocks(long seconds, State state, String words) {
    clock = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(seconds));
    Map<String, Finding> found = examine();
    is(found.get("clock"), state);
    says(found, "clock", words);
  }

  @Test
  void tellsATableFromARecordWhereItMayNotLookAtIt() {
    amazon.refuses("DescribeTable", 403, "AccessDeniedException", "not authorized");
    Map<String, Finding> found = examine();
    is(found.get("table"), State.OK);
    says(found, "table", "it judged a record");
    is(found.get("retention"), State.SKIPPED);
    is(found.get("write permission"), State.OK);
  }

  @Test
  void warnsWhereLateSamplesWouldBeRefused() {
    amazon.answers("DescribeTable", 200, AmazonOverTls.table("false"));
    Finding retention = examine().get("retention");
    is(retention, State.WARN);
    assertThat(retention.message()).contains("samples over 24 h old are refused for good");
    assertThat(retention.remedy())
        .contains("update-table --database-name metrics-db --table-name metrics");
  }

  @Test
  void namesTheRightThatIsMissing() {
    amazon.refuses("WriteRecords", 403, "AccessDeniedException", "User x is not authorized");
    amazon.refuses("Query", 403, "AccessDeniedException", "User x is not authorized");
    Map<String, Finding> found = examine();
    is(found.get("write permission"), State.FAIL);
    says(found, "write permission", "User x is not authorized");
    assertThat(found.get("write permission").remedy())
        .contains("timestream:WriteRecords on arn:aws:timestream:us-east-1:")
        .contains("database/metrics-db/table/metrics");
    is(found.get("read permission"), State.FAIL);
    assertThat(found.get("read permission").remedy()).contains("timestream:Select");
  }

  @ParameterizedTest
  @CsvSource({
    "The database metrics-db does not exist.,no database metrics-db,create-database",
    "The table metrics does not exist.,no table metrics in database metrics-db,create-table"
  })
  void saysWhichIsMissingAndHowToMakeIt(String said, String message, String command) {
    amazon.refuses("DescribeTable", 404, "ResourceNotFoundException", said);
    amazon.refuses("WriteRecords", 404, "ResourceNotFoundException", said);
    Map<String, Finding> found = examine();
    is(found.get("table"), State.FAIL);
    says(found, "table", message);
    assertThat(found.get("table").remedy()).contains("aws timestream-write " + command);
    is(found.get("write permission"), State.SKIPPED);
    is(found.get("read permission"), State.SKIPPED);
  }

  @Test
  void saysThatTheCellIsNotTheAccounts() {
    amazon.refuses("DescribeTable", 421, "InvalidEndpointException", "");
    amazon.refuses("WriteRecords", 421, "InvalidEndpointException", "");
    Map<String, Finding> found = examine();
    is(found.get("write permission"), State.FAIL);
    says(found, "write permission", "this endpoint does not serve the account");
    assertThat(found.get("write permission").remedy()).contains("describe-endpoints");
  }

  @Test
  void saysThatNoCredentialsAreThere() {
    assumeThat(System.getenv("AWS_ACCESS_KEY_ID")).isNull();
    credentials.close();
    credentials = new AmbientCredentials(folder);
    Map<String, Finding> found = examine();
    is(found.get("credentials"), State.FAIL);
    says(found, "credentials", "the AWS SDK finds none");
    is(found.get("write tls"), State.OK);
    is(found.get("clock"), State.OK);
    for (String name : TableChecks.NAMES) {
      is(found.get(name), State.SKIPPED);
    }
  }

  @Test
  void missesTheTokenOfATemporaryKey() {
    credentials.with("ASIAIOSFODNN7EXAMPLE", SECRET);
    Finding found = examine().get("credentials");
    is(found, State.FAIL);
    assertThat(found.remedy()).contains("AWS_SESSION_TOKEN");
  }

  @Test
  void saysWhatComesBeforeTheCredentialsThatAreFound() {
    assumeThat(System.getenv("AWS_ACCESS_KEY_ID")).isNull();
    credentials.close();
    credentials = new AmbientCredentials(folder).and("aws.accessKeyId", ACCESS_KEY);
    Finding found = examine().get("credentials");
    is(found, State.FAIL);
    assertThat(found.message()).contains("Java's system properties: ").contains("Secret");
  }

  @Test
  void followsWhereTheRegionalHostLeads() {
    amazon.answers(
        "DescribeEndpoints",
        200,
        "{\"Endpoints\":[{\"Address\":\"%s\",\"CachePeriodInMinutes\":1440}]}"
            .formatted(amazon.by(INGEST).getAuthority()));
    List<Finding> found = discover().findings();
    assertThat(found)
        .extracting(Finding::name)
        .containsExactly(
            "write name",
            "write connection",
            "write tls",
            "write discovery",
            "write cell name",
            "write cell connection",
            "write cell tls");
    assertThat(found).allSatisfy(finding -> is(finding, State.OK));
    assertThat(found.get(3).message()).contains(INGEST);
  }

  @Test
  void namesTheRightThatDiscoveryNeeds() {
    amazon.refuses("DescribeEndpoints", 403, "AccessDeniedException", "not authorized");
    ServedEndpoint api = discover();
    assertThat(api.findings().getLast().remedy()).contains("timestream:DescribeEndpoints on *");
    assertThat(api.serving()).isEmpty();
    assertThat(api.reached()).isPresent();
  }

  private ServedEndpoint discover() {
    Surroundings surroundings = surroundings();
    CredentialSearch search = new CredentialSearch(clock);
    search.look();
    try (Caller caller = new Caller(surroundings, "us-east-1")) {
      return new ServedEndpoint(
              "write",
              surroundings,
              new Steps(stepMax, Surroundings.ALL_MAX),
              caller,
              search.found())
          .discoveredAt(amazon.by("ingest.timestream.us-east-1.amazonaws.com"));
    }
  }

  @Test
  void callsGoThroughTheProxyThatTheConnectorGoesThrough() throws Exception {
    ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    URI address = URI.create("http://proxy.amazonaws.com:" + proxy.getLocalPort());
    FutureTask<String> asked = new FutureTask<>(() -> firstLine(proxy));
    Thread.ofVirtual().start(asked);

    Map<String, Finding> found = examine(surroundings(Map.of("HTTPS_PROXY", address.toString())));

    assertThat(asked.get(30, TimeUnit.SECONDS)).startsWith("CONNECT " + INGEST);
    is(found.get("write tls"), State.SKIPPED);
    is(found.get("write permission"), State.FAIL);
  }

  /** What is asked first; then nobody listens any more. */
  private static String firstLine(ServerSocket server) throws IOException {
    try (server;
        Socket socket = server.accept()) {
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  @Test
  void saysThatTheProxyHasNoAddress() {
    Map<String, Finding> found = examine(surroundings(Map.of("HTTPS_PROXY", "http://a b")));

    is(found.get("proxy"), State.FAIL);
    says(found, "proxy", "HTTPS_PROXY is no address");
    is(found.get("write permission"), State.SKIPPED);
  }

  private void serveAs(String alias) {
    amazon.close();
    amazon = new AmazonOverTls(identities.server(alias));
  }

  private Map<String, Finding> examine() {
    return examine(surroundings());
  }

  private Map<String, Finding> examine(Surroundings surroundings) {
    return examine(surroundings, amazon.by(INGEST), amazon.by(QUERY));
  }

  private Map<String, Finding> examine(URI write, URI query) {
    return examine(surroundings(), write, query);
  }

  private Map<String, Finding> examine(Surroundings surroundings, URI write, URI query) {
    List<Finding> findings = new ArrayList<>();
    new Diagnosis(surroundings)
        .examine(
            new Subject("us-east-1", Optional.of(write), Optional.of(query), TABLE), findings::add);
    Map<String, Finding> byName = new LinkedHashMap<>();
    findings.forEach(finding -> assertThat(byName.put(finding.name(), finding)).isNull());
    return byName;
  }

  private Surroundings surroundings() {
    return surroundings(Map.of());
  }

  private Surroundings surroundings(Map<String, String> environment) {
    return new Surroundings(
        this::address,
        Optional.of(identities.trust()),
        clock,
        stepMax,
        Surroundings.ALL_MAX,
        "test",
        environment);
  }

  private List<InetAddress> address(String host) throws UnknownHostException {
    if (!host.endsWith(".amazonaws.com")) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
  }

  private static void is(Finding finding, State state) {
    assertThat(finding.state()).as("%s", finding).isEqualTo(state);
  }

  private static void says(Map<String, Finding> found, String name, String words) {
    assertThat(found.get(name).message()).contains(words);
  }
}
