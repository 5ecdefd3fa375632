// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.settings.Arguments.BooleanStyle;
import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.server.ConsoleOptions;
import dev.weir.server.Door;
import dev.weir.server.ListenAddress;
import dev.weir.server.web.TlsFiles;
import dev.weir.store.TableName;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AWS connector's flags and variables, version 1.3.2, with its names and defaults. */
class ConnectorSettingsTest {

  private static final String DATABASE = "--default-database=metrics";
  private static final String TABLE = "--default-table=samples";
  private static final String DISCOVERY = "AWS_ENABLE_ENDPOINT_DISCOVERY";

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void hasTheAwsConnectorsDefaults() {
    assertThat(connector(DATABASE, TABLE))
        .isEqualTo(
            new ConnectorSettings(
                new TableName("metrics", "samples"),
                new UpstreamSettings(
                    "us-east-1",
                    Optional.empty(),
                    Optional.empty(),
                    10,
                    3,
                    CredentialsSource.REQUEST),
                new ServeSettings.Web(
                    new ListenAddress("", 9201),
                    "/metrics",
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Set.of(Door.PROMETHEUS),
                    Optional.empty(),
                    ConsoleOptions.OPEN),
                new ServeSettings.Write(false, false, NonFiniteSamples.STORE, 503),
                new ServeSettings.Log(true, LogLevel.INFO, LogFormat.LOGFMT)));
  }

  /** The guide for isolated networks starts it with these five and the variable. */
  @Test
  void takesTheCommandLineOfTheGuideForIsolatedNetworks() {
    environment.put(DISCOVERY, "false");
    ConnectorSettings connector =
        connector(
            "--default-database=PrometheusDatabase",
            "--default-table=PrometheusMetricsTable",
            "--region=us-west-2",
            "--query-base-endpoint=https://query-cell2.timestream.us-west-2.amazonaws.com",
            "--write-base-endpoint=https://ingest-cell1.timestream.us-west-2.amazonaws.com");
    assertThat(connector.table())
        .isEqualTo(new TableName("PrometheusDatabase", "PrometheusMetricsTable"));
    assertThat(connector.upstream())
        .isEqualTo(
            new UpstreamSettings(
                "us-west-2",
                Optional.of(URI.create("https://ingest-cell1.timestream.us-west-2.amazonaws.com")),
                Optional.of(URI.create("https://query-cell2.timestream.us-west-2.amazonaws.com")),
                10,
                3,
                CredentialsSource.REQUEST));
  }

  @Test
  void takesEveryFlagOfTheAwsConnector() {
    ConnectorSettings connector =
        connector(
            DATABASE,
            TABLE,
            "--enable-logging=false",
            "--region=eu-west-1",
            "--max-read-retries=7",
            "--max-write-retries=8",
            "--enable-sigv4-auth=false",
            "--web.listen-address=127.0.0.1:19201",
            "--web.telemetry-path=/own",
            "--fail-on-long-label=true",
            "--fail-on-invalid-sample-value=true",
            "--log.level=warn",
            "--log.format=json",
            "--tls-certificate=tls.crt",
            "--tls-key=tls.key");
    assertThat(connector.upstream().region()).isEqualTo("eu-west-1");
    assertThat(connector.upstream().readAttemptsMax()).isEqualTo(7);
    assertThat(connector.upstream().writeAttemptsMax()).isEqualTo(8);
    assertThat(connector.web().listen()).isEqualTo(new ListenAddress("127.0.0.1", 19_201));
    assertThat(connector.web().telemetryPath()).isEqualTo("/own");
    assertThat(connector.web().tls())
        .contains(new TlsFiles(Path.of("tls.crt"), Path.of("tls.key")));
    assertThat(connector.write().failOnLongLabel()).isTrue();
    assertThat(connector.write().failOnInvalidSample()).isTrue();
    assertThat(connector.log())
        .isEqualTo(new ServeSettings.Log(false, LogLevel.WARN, LogFormat.JSON));
  }

  /** "No effect standalone": there the requests' own credentials are used, whatever it says. */
  @ParameterizedTest
  @ValueSource(
      strings = {"--enable-sigv4-auth", "--enable-sigv4-auth=true", "--enable-sigv4-auth=0"})
  void sigV4HasNoEffectOutsideOfLambda(String flag) {
    assertThat(connector(DATABASE, TABLE, flag)).isEqualTo(connector(DATABASE, TABLE));
  }

  /** "HTTPS only if both set". */
  @ParameterizedTest
  @ValueSource(strings = {"--tls-certificate=tls.crt", "--tls-key=tls.key"})
  void speaksPlainHttpWhereOnlyOneOfCertificateAndKeyIsGiven(String flag) {
    assertThat(connector(DATABASE, TABLE, flag).web().tls()).isEmpty();
  }

  @Test
  void takesBooleansAsWordsOfTheirOwn() {
    ServeSettings.Write write =
        connector(DATABASE, TABLE, "--fail-on-long-label", "T", "--fail-on-invalid-sample-value")
            .write();
    assertThat(write.failOnLongLabel()).isTrue();
    assertThat(write.failOnInvalidSample()).isTrue();
    assertThat(connector("--fail-on-long-label", "0", DATABASE, TABLE).write().failOnLongLabel())
        .isFalse();
  }

  @Test
  void refusesInOneLineWhatTheAwsConnectorRefuses() {
    refuses("--default-database is needed");
    refuses("--default-database is needed", TABLE);
    refuses("--default-table is needed", DATABASE);
    refuses("--default-table is needed", DATABASE, "--default-table=");
    refuses(
        "--fail-on-long-label: \"yes\" is not true or false",
        DATABASE,
        TABLE,
        "--fail-on-long-label=yes");
    refuses("--enable-logging: \"maybe\" is not true or false", "--enable-logging", "maybe");
    refuses(
        "--enable-sigv4-auth: \"\" is not true or false", DATABASE, TABLE, "--enable-sigv4-auth=");
    refuses(
        "unknown flag --fail-on-invalid-sample (did you mean --fail-on-invalid-sample-value?)",
        "--fail-on-invalid-sample=true");
    refuses(
        "--max-write-retries: \"many\" is not a whole number from 1 to 1000",
        "--max-write-retries=many");
    refuses(
        "--write-base-endpoint: \"ingest cell1\" is not a URL such as"
            + " https://ingest-cell1.timestream.us-east-1.amazonaws.com",
        "--write-base-endpoint=ingest cell1");
    refuses("--log.level: \"loud\" is not one of debug, info, warn, error", "--log.level=loud");
  }

  /** What would be found out at the first call, and at each after it. */
  @Test
  void refusesWhatCanReachNoEndpoint() {
    for (String region :
        List.of("us west", "US-EAST-1", "us_east_1", "-us", "us/", "u".repeat(64))) {
      refuses(
          "--region: \"" + region + "\" is not an AWS region such as us-east-1",
          DATABASE,
          TABLE,
          "--region=" + region);
    }
    for (String flag : List.of("--write-base-endpoint", "--query-base-endpoint")) {
      refusesUrl(flag, "http://127.0.0.1:99999", "has a port that is not from 1 to 65535");
      refusesUrl(flag, "http://127.0.0.1:0", "has a port that is not from 1 to 65535");
      refusesUrl(flag, "http://host/p", "has a path; name scheme, host and port alone");
      refusesUrl(flag, "http://host?x", "ends in a query or a fragment; leave it out");
      refusesUrl(flag, "http://host/#x", "ends in a query or a fragment; leave it out");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "us-gov-west-1", "mars-north-7", "eusc-de-east-1"})
  void takesRegionsThatAreKnownAndThatMayBe(String region) {
    assertThat(connector(DATABASE, TABLE, "--region=" + region).upstream().region())
        .isEqualTo(region);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:65535", "https://w.example/", "https://[::1]:1"})
  void takesEndpointsOfSchemeHostAndPort(String endpoint) {
    assertThat(
            connector(DATABASE, TABLE, "--write-base-endpoint=" + endpoint)
                .upstream()
                .writeEndpoint())
        .contains(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://AKID:hidden@host/p?x", "http://AKID:hidden@ho st", "AKID:hidden@h"})
  void neverRepeatsThePasswordOfAnEndpoint(String endpoint) {
    assertThatThrownBy(() -> connector(DATABASE, TABLE, "--write-base-endpoint=" + endpoint))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--write-base-endpoint: the value ")
        .message()
        .doesNotContain("hidden", "AKID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/write", "/api/v1/own"})
  void refusesAPathOfMetricsAmongThoseOfTheApi(String path) {
    refusesTelemetryPath(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/write", "/read", "/-/ready", "/-/healthy"})
  void refusesAPathOfMetricsThatIsTaken(String path) {
    refusesTelemetryPath(path);
    assertThat(
            connector(DATABASE, TABLE, "--web.telemetry-path=" + path + "/own")
                .web()
                .telemetryPath())
        .isEqualTo(path + "/own");
  }

  private void refusesTelemetryPath(String path) {
    refuses(
        "--web.telemetry-path: \"" + path + "\" is taken; name another path, such as /metrics",
        DATABASE,
        TABLE,
        "--web.telemetry-path=" + path);
  }

  /** As the SDK for Go reads the variable: three words, in any case. */
  @ParameterizedTest
  @ValueSource(strings = {"false", "FALSE", "False"})
  void withoutDiscoveryBothEndpointsAreNeeded(String word) {
    environment.put(DISCOVERY, word);
    String write = "--write-base-endpoint=https://w.example";
    String query = "--query-base-endpoint=https://q.example";
    String message =
        DISCOVERY + "=false needs both --write-base-endpoint and --query-base-endpoint";
    refuses(message, DATABASE, TABLE);
    refuses(message, DATABASE, TABLE, write);
    refuses(message, DATABASE, TABLE, query);
    assertThat(connector(DATABASE, TABLE, write, query).upstream().queryEndpoint()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "TRUE", "auto", "Auto"})
  void withDiscoveryNoEndpointIsNeeded(String word) {
    environment.put(DISCOVERY, word);
    assertThat(connector(DATABASE, TABLE).upstream().writeEndpoint()).isEmpty();
  }

  @Test
  void refusesOtherWordsForDiscovery() {
    environment.put(DISCOVERY, "0");
    refuses(DISCOVERY + ": \"0\" is not true, false or auto", DATABASE, TABLE);
  }

  /** Those are the function's, in lambda/connector. */
  @Test
  void lowerCaseNamesSayNothingOutsideOfLambda() {
    environment.putAll(Map.of("default_database", "metrics", "default_table", "samples"));
    refuses("--default-database is needed");
    environment.put("WEIR_DEFAULT_DATABASE", "ours");
    environment.put("WEIR_DEFAULT_TABLE", "samples");
    assertThat(connector().table()).isEqualTo(new TableName("ours", "samples"));
  }

  private void refuses(String message, String... words) {
    assertThatThrownBy(() -> connector(words))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  private void refusesUrl(String flag, String url, String problem) {
    refuses(flag + ": \"" + url + "\" " + problem, DATABASE, TABLE, flag + "=" + url);
  }

  private ConnectorSettings connector(String... words) {
    Arguments arguments =
        Arguments.split(List.of(words), ConnectorFlags.ALL, BooleanStyle.TAKES_WORD);
    return ConnectorSettings.of(
        Settings.read(ConnectorFlags.ALL, ConnectorFlags.ALL, arguments, environment, folder),
        environment);
  }
}
