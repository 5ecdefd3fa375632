// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings.Embedded;
import dev.weir.app.settings.ServeSettings.Timestream;
import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.record.RecorderOptions;
import dev.weir.monitor.schedule.ScheduleOptions;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.server.ConsoleOptions;
import dev.weir.server.Door;
import dev.weir.server.ListenAddress;
import dev.weir.server.web.TlsFiles;
import dev.weir.store.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final String TIMESTREAM = "--store=timestream";
  private static final String DATABASE = "--default-database=metrics";
  private static final String TABLE = "--default-table=samples";

  /** Every flag with a value that is not its default. */
  private static final Map<String, String> ALL_CHANGED =
      Map.ofEntries(
          Map.entry("store", "embedded"),
          Map.entry("data-dir", "/srv/weir"),
          Map.entry("retention", "1w2d"),
          Map.entry("self-scrape", "F"),
          Map.entry("default-database", "metrics"),
          Map.entry("default-table", "samples"),
          Map.entry("region", "eu-west-1"),
          Map.entry("query-base-endpoint", "https://query-cell2.example"),
          Map.entry("write-base-endpoint", "https://ingest-cell1.example"),
          Map.entry("credentials", "request"),
          Map.entry("max-read-retries", "4"),
          Map.entry("max-write-retries", "11"),
          Map.entry("web.listen-address", "[::1]:80"),
          Map.entry("web.telemetry-path", "/own"),
          Map.entry("web.config.file", "web.yml"),
          Map.entry("web.allowed-hosts", "weir.lan,weir"),
          Map.entry("sites.file", "sites.yaml"),
          Map.entry("tls-certificate", "tls.crt"),
          Map.entry("tls-key", "tls.key"),
          Map.entry("doors", "prometheus"),
          Map.entry("timestream.credentials-file", "callers.ini"),
          Map.entry("fail-on-long-label", "true"),
          Map.entry("fail-on-invalid-sample-value", "T"),
          Map.entry("non-finite-samples", "drop"),
          Map.entry("throttle-status", "429"),
          Map.entry("enable-logging", "false"),
          Map.entry("log.level", "debug"),
          Map.entry("log.format", "json"),
          Map.entry("auth", "local"),
          Map.entry("auth.users-file", "users.yaml"),
          Map.entry("console.origin", "https://console.example"),
          Map.entry("checks.region", "eu"),
          Map.entry("checks.concurrency", "7"),
          Map.entry("checks.database", "watch"),
          Map.entry("checks.table", "seen"),
          Map.entry("checks.record-layout", "legacy"),
          Map.entry("checks.queue-size", "8MiB"),
          Map.entry("checks.anchors", "tcp://127.0.0.1:53"),
          Map.entry("checks.network-policy", "public; acme = any"),
          Map.entry("checks.secrets-folder", "/run/secrets"),
          Map.entry("checks.secrets-variables", "WEIR_SECRET_"),
          Map.entry("notices.file", "/etc/weir/notices.yaml"),
          Map.entry("probe.config-file", "blackbox.yml"));

  private static final ChecksSettings ALL_CHANGED_CHECKS =
      new ChecksSettings(
          new ScheduleOptions("eu", 7, 1, ScheduleOptions.GRACE_DEFAULT),
          new RecorderOptions(
              Path.of("/srv/weir/results"),
              8 << 20,
              RecordLayout.LEGACY,
              new CheckTables("watch", "seen")),
          List.of(
              new Check.Tcp(
                  "127.0.0.1",
                  53,
                  List.of(),
                  Optional.empty(),
                  Check.AddressFamily.PREFER_IPV4,
                  Check.Timeouts.of(Duration.ofSeconds(2)))),
          Map.of(
              "default", NetworkPolicies.parse("public"),
              "acme", NetworkPolicies.parse("any")),
          Path.of("/run/secrets"),
          List.of("WEIR_SECRET_"),
          Optional.of(Path.of("/etc/weir/notices.yaml")),
          Optional.of(Path.of("blackbox.yml")));

  private static final ServeSettings ALL_CHANGED_SETTINGS =
      new ServeSettings(
          new Embedded(Path.of("/srv/weir"), Duration.ofDays(9)),
          new ServeSettings.Checks(
              Path.of("/srv/weir"), Optional.of(Path.of("sites.yaml")), ALL_CHANGED_CHECKS),
          false,
          new TableName("metrics", "samples"),
          new ServeSettings.Web(
              new ListenAddress("::1", 80),
              "/own",
              Optional.of(Path.of("web.yml")),
              Set.of("weir.lan", "weir"),
              Optional.of(new TlsFiles(Path.of("tls.crt"), Path.of("tls.key"))),
              Set.of(Door.PROMETHEUS),
              Optional.of(Path.of("callers.ini")),
              new ConsoleOptions(
                  Optional.of(Path.of("users.yaml")), Set.of("https://console.example"))),
          new ServeSettings.Write(true, true, NonFiniteSamples.DROP, 429),
          new ServeSettings.Log(false, LogLevel.DEBUG, LogFormat.JSON));

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void hasTheDefaultsOfTheContract() {
    assertThat(serve())
        .isEqualTo(
            new ServeSettings(
                new Embedded(Path.of("./weir-data"), Duration.ofDays(365)),
                new ServeSettings.Checks(
                    Path.of("./weir-data"),
                    Optional.empty(),
                    TestChecks.in(Path.of("./weir-data"), "any")),
                true,
                new TableName("weir", "prometheus"),
                new ServeSettings.Web(
                    new ListenAddress("127.0.0.1", 9201),
                    "/metrics",
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Set.of(Door.PROMETHEUS, Door.TIMESTREAM, Door.CONSOLE),
                    Optional.empty(),
                    ConsoleOptions.OPEN),
                new ServeSettings.Write(false, false, NonFiniteSamples.STORE, 503),
                new ServeSettings.Log(true, LogLevel.INFO, LogFormat.LOGFMT)));
  }

  @Test
  void namesEveryFlagInTheMappingTest() {
    Set<String> names = ServeFlags.ALL.stream().map(Flag::name).collect(Collectors.toSet());
    names.remove("config.file");
    assertThat(ALL_CHANGED.keySet()).isEqualTo(names);
  }

  @Test
  void mapsEveryFlag() {
    String[] words =
        ALL_CHANGED.entrySet().stream()
            .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    assertThat(serve(words)).isEqualTo(ALL_CHANGED_SETTINGS);
  }

  @Test
  void mapsEveryVariable() {
    ALL_CHANGED.forEach((name, value) ->
        environment.put("WEIR_" + name.toUpperCase().replace('.', '_').replace('-', '_'), value));
    assertThat(serve()).isEqualTo(ALL_CHANGED_SETTINGS);
  }

  @Test
  void mapsEveryKeyOfTheFile() {
    file(
        ALL_CHANGED.entrySet().stream()
            .map(entry -> entry.getKey() + ": '" + entry.getValue() + "'\n")
            .collect(Collectors.joining()));
    assertThat(serve()).isEqualTo(ALL_CHANGED_SETTINGS);
  }

  @Test
  void mapsEveryFlagOfTimestream() {
    Map<String, String> changed = new HashMap<>(ALL_CHANGED);
    changed.put("store", "timestream");
    ServeSettings serve =
        serve(
            changed.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
    assertThat(serve.store())
        .isEqualTo(
            new Timestream(
                new UpstreamSettings(
                    "eu-west-1",
                    Optional.of(URI.create("https://ingest-cell1.example")),
                    Optional.of(URI.create("https://query-cell2.example")),
                    11,
                    4,
                    CredentialsSource.REQUEST)));
    assertThat(serve.table()).isEqualTo(ALL_CHANGED_SETTINGS.table());
    assertThat(serve.write()).isEqualTo(ALL_CHANGED_SETTINGS.write());
    assertThat(serve.log()).isEqualTo(ALL_CHANGED_SETTINGS.log());
  }

  @Test
  void prefersFlagToEnvironmentToFileToDefault() {
    file("retention: 10d");
    assertThat(retention()).isEqualTo(Duration.ofDays(10));
    environment.put("WEIR_RETENTION", "20d");
    assertThat(retention()).isEqualTo(Duration.ofDays(20));
    assertThat(retention("--retention", "30d")).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void takesListsAndCommentsInTheFile() {
    file("# doors\ndoors: [prometheus, console]\nweb.allowed-hosts:\n  - a\n  - b\n");
    assertThat(serve().web().doors()).containsExactlyInAnyOrder(Door.PROMETHEUS, Door.CONSOLE);
    assertThat(serve().web().allowedHosts()).containsExactly("a", "b");
  }

  @Test
  void readsTheFileThatIsNamedByFlagOrEnvironment() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "log.level: warn");
    file("log.level: error");
    assertThat(serve("--config.file=other.yaml").log().level()).isEqualTo(LogLevel.WARN);
    environment.put("WEIR_CONFIG_FILE", "other.yaml");
    assertThat(serve().log().level()).isEqualTo(LogLevel.WARN);
  }

  @Test
  void takesAnEmptyFile() {
    file("# nothing\n");
    assertThat(retention()).isEqualTo(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "t", "T", "TRUE", "true", "True"})
  void takesTheConnectorsSpellingsOfTrue(String spelling) {
    assertThat(serve("--fail-on-long-label=" + spelling).write().failOnLongLabel()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "f", "F", "FALSE", "false", "False"})
  void takesTheConnectorsSpellingsOfFalse(String spelling) {
    assertThat(serve("--self-scrape=" + spelling).selfScrape()).isFalse();
  }

  @Test
  void takesABooleanWithoutValueAsTrue() {
    assertThat(serve("--fail-on-long-label").write().failOnLongLabel()).isTrue();
  }

  @Test
  void refusesInOneLineWhatIsWrongOnTheCommandLine() {
    refuses("unknown flag --retenton (did you mean --retention?)", "--retenton=1d");
    refuses("unknown flag --colour", "--colour=red");
    refuses("unknown flag -x", "-x");
    refuses("--retention needs a value: a duration such as 365d, 15s or 1h30m", "--retention");
    refuses("--store is given twice", "--store=embedded", "--store=embedded");
    refuses(
        "--retention: \"soon\" is not a duration such as 365d, 15s or 1h30m", "--retention=soon");
    refuses("--retention: \"59m\" is shorter than 1h", "--retention=59m");
    refuses("--retention: \"201y\" is longer than 73000d", "--retention=201y");
    refuses("--self-scrape: \"yes\" is not true or false", "--self-scrape=yes");
    refuses("--store: \"tape\" is not one of embedded, timestream", "--store=tape");
    refuses(
        "--doors: \"back\" is not a list of prometheus, console, timestream with commas between",
        "--doors=back");
    refuses("--doors: no door is open; name some of prometheus, timestream, console", "--doors=");
    refuses(
        "--web.listen-address: \"9201\" is not an address such as 127.0.0.1:9201, [::1]:9201 or"
            + " :9201",
        "--web.listen-address=9201");
    refuses(
        "--web.listen-address: \":65536\" is not an address such as 127.0.0.1:9201, [::1]:9201 or"
            + " :9201",
        "--web.listen-address=:65536");
    refuses(
        "--web.telemetry-path: \"metrics\" is not a path such as /metrics",
        "--web.telemetry-path=metrics");
    refuses("--tls-certificate: needs --tls-key too", "--tls-certificate=a.crt");
    refuses("--tls-key: needs --tls-certificate too", "--tls-key=a.key");
    refuses("--throttle-status: \"500\" is not one of 503, 429", "--throttle-status=500");
    refuses("--data-dir: \"\" is not a path", "--data-dir=");
    refuses(
        "--default-database: database name \"a b\" must have 3 to 256 characters of a-z A-Z 0-9 _"
            + " . -",
        "--default-database=a b");
    refuses(
        "--default-table: table name \"x\" must have 3 to 256 characters of a-z A-Z 0-9 _ . -",
        "--default-table=x");
    refuses("--config.file: there is no file gone.yaml", "--config.file=gone.yaml");
  }

  @Test
  void onTimestreamTheTableIsNamedAndTheTimestreamDoorIsShut() {
    ServeSettings serve = serve(TIMESTREAM, DATABASE, TABLE);
    assertThat(serve.store())
        .isEqualTo(
            new Timestream(
                new UpstreamSettings(
                    "us-east-1",
                    Optional.empty(),
                    Optional.empty(),
                    10,
                    3,
                    CredentialsSource.ENVIRONMENT)));
    assertThat(serve.table()).isEqualTo(new TableName("metrics", "samples"));
    assertThat(serve.web().doors()).containsExactlyInAnyOrder(Door.PROMETHEUS, Door.CONSOLE);
    assertThat(serve.selfScrape()).isTrue();
    refuses("--default-database is needed with --store=timestream", TIMESTREAM, TABLE);
    refuses("--default-table is needed with --store=timestream", TIMESTREAM, DATABASE);
    refuses(
        "--doors: the timestream door needs --store=embedded; Amazon's own endpoint serves your"
            + " tables",
        TIMESTREAM,
        DATABASE,
        TABLE,
        "--doors=prometheus,timestream");
  }

  @Test
  void weirScrapesItselfIntoTimestreamWithCredentialsOfItsOwnAlone() {
    String request = "--credentials=request";
    assertThat(serve(TIMESTREAM, DATABASE, TABLE, request).selfScrape()).isFalse();
    refuses(
        "--self-scrape: needs --credentials=environment",
        TIMESTREAM,
        DATABASE,
        TABLE,
        request,
        "--self-scrape");
  }

  @Test
  void withoutDiscoveryServeNeedsBothEndpointsOfTimestreamAlone() {
    environment.put("AWS_ENABLE_ENDPOINT_DISCOVERY", "false");
    assertThat(serve().store()).isInstanceOf(Embedded.class);
    refuses(
        "AWS_ENABLE_ENDPOINT_DISCOVERY=false needs both --write-base-endpoint and"
            + " --query-base-endpoint",
        TIMESTREAM,
        DATABASE,
        TABLE);
  }

  @Test
  void theRegionOfChecksIsNamedAsThoseOfSites() {
    assertThat(serve("--checks.region=eu-west-1.a_B").checks().running().schedule().region())
        .isEqualTo("eu-west-1.a_B");
    String rule =
        "--checks.region: a region is 1 to 63 of letters, digits, '.', '_', '-', beginning with a"
            + " letter or digit, not '%s'";
    refuses(rule.formatted("eu west"), "--checks.region=eu west");
    refuses(rule.formatted("a/b"), "--checks.region=a/b");
    refuses(rule.formatted("x".repeat(64)), "--checks.region=" + "x".repeat(64));
  }

  @Test
  void refusesInOneLineWhatIsWrongInTheEnvironment() {
    environment.put("WEIR_LOG_LEVEL", "loud");
    refuses("WEIR_LOG_LEVEL: \"loud\" is not one of debug, info, warn, error");
  }

  @Test
  void refusesInOneLineWhatIsWrongInTheFile() {
    Path file = folder.resolve("weir.yaml");
    file("store: embedded\nretenton: 1d\n");
    refuses(file + ":2: unknown setting retenton (did you mean retention?)");
    file("config.file: other.yaml\n");
    refuses(file + ":1: config.file cannot stand in the file that it names");
    file("\n\nretention: soon\n");
    refuses(file + ":3: retention: \"soon\" is not a duration such as 365d, 15s or 1h30m");
    file("retention:\n");
    refuses(file + ":1: retention has no value");
    file("store: embedded\nweb:\n  listen-address: 127.0.0.1:1\n");
    refuses(file + ":2: unknown setting web");
    file("retention: {days: 3}\n");
    refuses(file + ":1: retention takes a single value");
    file("retention: 1d\nretention: 2d\n");
    refuses(file + ":2: retention is given twice");
    file("- retention\n");
    refuses(file + ":1: is not a mapping from flag names to values");
    file("store: embedded\nlog.level: [\n");
    assertThatThrownBy(this::serve)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAFileOfUnreasonableSize() {
    file("#".repeat((1 << 20) + 1));
    refuses(folder.resolve("weir.yaml") + " is larger than 1MiB");
  }

  @Test
  void hidesASecretInItsMessage() {
    Flag<Boolean> secret = new Flag<>("token", FlagType.BOOLEAN, "true", "A secret.", true);
    Arguments arguments = Arguments.split(List.of("--token=hunter2"), List.of(secret));
    assertThatThrownBy(
            () -> Settings.read(List.of(secret), List.of(secret), arguments, environment, folder))
        .hasMessage("--token: the value is not true or false");
  }

  @Test
  void pointsAtVariablesThatAreProbablyMisspelled() {
    environment.putAll(Map.of("WEIR_RETENTON", "1d", "WEIR_JAVA_OPTS", "-Xmx1g", "HOME", "/"));
    assertThat(Settings.misspelled(ServeFlags.ALL, environment))
        .isEqualTo(Map.of("WEIR_RETENTON", "WEIR_RETENTION"));
  }

  private void refuses(String message, String... words) {
    assertThatThrownBy(() -> serve(words)).isInstanceOf(UsageException.class).hasMessage(message);
  }

  private Duration retention(String... words) {
    return ((Embedded) serve(words).store()).retention();
  }

  private ServeSettings serve(String... words) {
    Arguments arguments = Arguments.split(List.of(words), ServeFlags.ALL);
    return ServeSettings.of(
        Settings.read(ServeFlags.ALL, ServeFlags.ALL, arguments, environment, folder), environment);
  }

  private void file(String text) {
    try {
      Files.writeString(folder.resolve("weir.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
