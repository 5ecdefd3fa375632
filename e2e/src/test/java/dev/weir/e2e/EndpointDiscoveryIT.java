// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.ConnectorFixture.DATABASE;
import static dev.weir.e2e.ConnectorFixture.TABLE;
import static dev.weir.e2e.ConnectorFixture.answers;
import static dev.weir.e2e.ConnectorFixture.labels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.ReadAnswer.SeriesRead;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connector as it is set up for Amazon: no endpoint of one's own, but a region. It asks the
 * regional hosts over TLS where its endpoints are, by the names that the SDK's settings choose. A
 * proxy leads those names to a Weir on loopback.
 */
class EndpointDiscoveryIT {

  @TempDir static Path folder;
  private static TestAuthority authority;
  private static WeirProcess timestream;
  private static ConnectProxy proxy;

  private final long now = System.currentTimeMillis();

  @BeforeAll
  static void start() {
    authority = new TestAuthority(folder);
    authority.issue(
        "amazon",
        List.of(
            "*.timestream.eu-west-1.amazonaws.com",
            "*.timestream-fips.us-west-2.amazonaws.com",
            "*.eu-west-1.api.aws",
            "localhost"));
    try (LocalTimestream local = LocalTimestream.start(folder)) {
      local.createTable(DATABASE, TABLE);
    }
    timestream =
        WeirProcess.start(
            folder,
            "--doors=timestream",
            "--timestream.credentials-file=" + folder.resolve("credentials"),
            "--tls-certificate=" + authority.chainFile("amazon"),
            "--tls-key=" + authority.keyFile("amazon"));
    proxy = ConnectProxy.to(timestream.web().port());
  }

  @AfterAll
  static void stop() {
    proxy.close();
    timestream.close();
  }

  @Test
  void findsItsEndpointsByTheRegionsNames() {
    goesBy(
        "eu-west-1",
        Map.of(),
        "ingest.timestream.eu-west-1.amazonaws.com:443",
        "query.timestream.eu-west-1.amazonaws.com:443");
  }

  @Test
  void findsThemByTheNamesOfFips() {
    goesBy(
        "us-west-2",
        Map.of("AWS_USE_FIPS_ENDPOINT", "true"),
        "ingest.timestream-fips.us-west-2.amazonaws.com:443",
        "query.timestream-fips.us-west-2.amazonaws.com:443");
  }

  @Test
  void findsThemByTheNamesOfDualStack() {
    goesBy(
        "eu-west-1",
        Map.of("AWS_USE_DUALSTACK_ENDPOINT", "true"),
        "timestream-ingest.eu-west-1.api.aws:443",
        "timestream-query.eu-west-1.api.aws:443");
  }

  private void goesBy(String region, Map<String, String> settings, String... hosts) {
    proxy.asked().clear();
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
            .formatted(authority.trustStore(), TestAuthority.trustStorePassword()));
    List<String> flags =
        List.of("--default-database=" + DATABASE, "--default-table=" + TABLE, "--region=" + region);
    String metric = "found_" + hosts[0].replaceAll("[^a-z0-9]", "_");
    try (ConnectorProcess connector = ConnectorProcess.start(folder, environment, flags)) {
      assertThat(proxy.asked()).as("asked for before the first request").isEmpty();
      RemoteClient client = ConnectorFixture.client(connector);
      SampleRead sample = SampleRead.of(now, 1.25);
      answers(client.write(new WireWriter().series(labels(metric), sample).compressed()), 204);
      assertThat(client.read(ReadQuery.around(now).equal("__name__", metric)).only())
          .containsExactly(new SeriesRead(labels(metric), List.of(sample)));
      assertThat(proxy.asked()).containsOnly(hosts);
    }
  }
}
