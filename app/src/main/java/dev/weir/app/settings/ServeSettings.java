// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.server.ConsoleOptions;
import dev.weir.server.Door;
import dev.weir.server.ListenAddress;
import dev.weir.server.web.TlsFiles;
import dev.weir.store.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code weir serve} is told, checked as a whole.
 *
 * @param checks what website checks are told
 * @param table where samples go
 * @param selfScrape whether Weir keeps its own metrics
 */
public record ServeSettings(
    Store store,
    Checks checks,
    boolean selfScrape,
    TableName table,
    Web web,
    Write write,
    Log log) {

  /** Where points are kept. */
  public sealed interface Store {}

  /** In files of our own; the table is made where it is missing. */
  public record Embedded(Path dataDir, Duration retention) implements Store {}

  /** In Amazon Timestream, whose tables are never made here. */
  public record Timestream(UpstreamSettings upstream) implements Store {}

  /**
   * Website checks, wherever points are kept.
   *
   * @param dataDir folder of the documents; made where it is missing
   * @param sitesFile sites that are applied at the start and when it changes
   * @param running how they are run
   */
  public record Checks(Path dataDir, Optional<Path> sitesFile, ChecksSettings running) {}

  /** What answers at these is there whatever the settings say. */
  private static final Set<String> TAKEN_PATHS =
      Set.of("/write", "/read", "/probe", "/metrics/sites", "/-/ready", "/-/healthy");

  /** What is below belongs to Prometheus' API and ours. */
  private static final String API = "/api/v1/";

  /** Whether a certificate without its key, or a key alone, is a mistake. */
  enum TlsPair {
    STRICT,
    /** As the AWS connector: HTTPS where both are given, else plain HTTP. */
    OPTIONAL
  }

  /**
   * The port.
   *
   * @param tls the certificate and key of the flags; a web configuration may bring its own
   * @param console who comes in at the console's door
   */
  public record Web(
      ListenAddress listen,
      String telemetryPath,
      Optional<Path> configFile,
      Set<String> allowedHosts,
      Optional<TlsFiles> tls,
      Set<Door> doors,
      Optional<Path> timestreamCredentials,
      ConsoleOptions console) {}

  /** How remote write judges and answers. */
  public record Write(
      boolean failOnLongLabel,
      boolean failOnInvalidSample,
      NonFiniteSamples nonFinite,
      int throttleStatus) {}

  /** What is logged, and how. */
  public record Log(boolean enabled, LogLevel level, LogFormat format) {}

  /** The same with a file of sites. */
  public ServeSettings withSitesFile(Path file) {
    Checks with = new Checks(checks.dataDir(), Optional.of(file), checks.running());
    return new ServeSettings(store, with, selfScrape, table, web, write, log);
  }

  /** Checks what no single flag can: what fits together, and what a store needs. */
  public static ServeSettings of(Settings settings, Map<String, String> environment) {
    return switch (settings.value(ServeFlags.STORE)) {
      case EMBEDDED -> embedded(settings);
      case TIMESTREAM -> timestream(settings, environment);
    };
  }

  private static ServeSettings embedded(Settings settings) {
    return of(
        settings,
        new Embedded(settings.value(ServeFlags.DATA_DIR), settings.value(ServeFlags.RETENTION)),
        settings.value(ServeFlags.SELF_SCRAPE),
        settings.value(ServeFlags.DOORS),
        settings.value(ServeFlags.TIMESTREAM_CREDENTIALS));
  }

  private static ServeSettings timestream(Settings settings, Map<String, String> environment) {
    for (Flag<?> flag : List.of(ServeFlags.DEFAULT_DATABASE, ServeFlags.DEFAULT_TABLE)) {
      if (!settings.isGiven(flag)) {
        throw new UsageException(settings.nameOf(flag) + " is needed with --store=timestream");
      }
    }
    boolean doorsGiven = settings.isGiven(ServeFlags.DOORS);
    Set<Door> doors =
        doorsGiven ? settings.value(ServeFlags.DOORS) : Set.of(Door.PROMETHEUS, Door.CONSOLE);
    if (doors.contains(Door.TIMESTREAM)) {
      throw settings.fault(
          ServeFlags.DOORS,
          "the timestream door needs --store=embedded; Amazon's own endpoint serves your tables");
    }
    CredentialsSource credentials = settings.value(ServeFlags.CREDENTIALS);
    return of(
        settings,
        new Timestream(UpstreamSettings.of(settings, credentials, environment)),
        selfScrape(settings, credentials),
        doors,
        Optional.empty());
  }

  /** Without credentials of its own Weir can't write; asked for all the same it is a mistake. */
  private static boolean selfScrape(Settings settings, CredentialsSource credentials) {
    boolean wanted = settings.value(ServeFlags.SELF_SCRAPE);
    if (credentials == CredentialsSource.ENVIRONMENT) {
      return wanted;
    }
    if (wanted && settings.isGiven(ServeFlags.SELF_SCRAPE)) {
      throw settings.fault(ServeFlags.SELF_SCRAPE, "needs --credentials=environment");
    }
    return false;
  }

  private static ServeSettings of(
      Settings settings,
      Store store,
      boolean selfScrape,
      Set<Door> doors,
      Optional<Path> timestreamCredentials) {
    return new ServeSettings(
        store,
        checks(settings),
        selfScrape,
        table(
            settings,
            ServeFlags.DEFAULT_DATABASE,
            settings.value(ServeFlags.DEFAULT_DATABASE),
            ServeFlags.DEFAULT_TABLE,
            settings.value(ServeFlags.DEFAULT_TABLE)),
        web(settings, doors, TlsPair.STRICT, timestreamCredentials, ConsoleFlags.options(settings)),
        write(settings),
        log(settings));
  }

  private static Checks checks(Settings settings) {
    Path dataDir = settings.value(ServeFlags.DATA_DIR);
    boolean loopback = settings.value(ServeFlags.LISTEN).isLoopback();
    return new Checks(
        dataDir,
        settings.value(ServeFlags.SITES_FILE),
        ChecksSettings.of(settings, dataDir, loopback));
  }

  static Write write(Settings settings) {
    return new Write(
        settings.value(ServeFlags.FAIL_ON_LONG_LABEL),
        settings.value(ServeFlags.FAIL_ON_INVALID_SAMPLE),
        settings.value(ServeFlags.NON_FINITE),
        settings.value(ServeFlags.THROTTLE_STATUS));
  }

  static Log log(Settings settings) {
    return new Log(
        settings.value(ServeFlags.ENABLE_LOGGING),
        settings.value(ServeFlags.LOG_LEVEL),
        settings.value(ServeFlags.LOG_FORMAT));
  }

  /** The table of both names, with a complaint that names the flag that is wrong. */
  static TableName table(
      Settings settings, Flag<?> databaseFlag, String database, Flag<?> tableFlag, String table) {
    try {
      new TableName(database, database);
    } catch (IllegalArgumentException e) {
      throw settings.fault(databaseFlag, message(e));
    }
    try {
      return new TableName(database, table);
    } catch (IllegalArgumentException e) {
      throw settings.fault(tableFlag, message(e));
    }
  }

  static Web web(
      Settings settings,
      Set<Door> doors,
      TlsPair pair,
      Optional<Path> timestreamCredentials,
      ConsoleOptions console) {
    String telemetryPath = settings.value(ServeFlags.TELEMETRY_PATH);
    if (!telemetryPath.startsWith("/") || telemetryPath.length() == 1) {
      throw settings.fault(
          ServeFlags.TELEMETRY_PATH, "\"" + telemetryPath + "\" is not a path such as /metrics");
    }
    if (TAKEN_PATHS.contains(telemetryPath) || telemetryPath.startsWith(API)) {
      throw settings.fault(
          ServeFlags.TELEMETRY_PATH,
          "\"" + telemetryPath + "\" is taken; name another path, such as /metrics");
    }
    if (doors.isEmpty()) {
      throw settings.fault(
          ServeFlags.DOORS, "no door is open; name some of prometheus, timestream, console");
    }
    return new Web(
        settings.value(ServeFlags.LISTEN),
        telemetryPath,
        settings.value(ServeFlags.WEB_CONFIG),
        settings.value(ServeFlags.ALLOWED_HOSTS),
        tls(settings, pair),
        doors,
        timestreamCredentials,
        console);
  }

  private static Optional<TlsFiles> tls(Settings settings, TlsPair pair) {
    Optional<Path> certificate = settings.value(ServeFlags.TLS_CERTIFICATE);
    Optional<Path> key = settings.value(ServeFlags.TLS_KEY);
    if (pair == TlsPair.STRICT && certificate.isPresent() != key.isPresent()) {
      throw certificate.isPresent()
          ? settings.fault(ServeFlags.TLS_CERTIFICATE, "needs --tls-key too")
          : settings.fault(ServeFlags.TLS_KEY, "needs --tls-certificate too");
    }
    return certificate.flatMap(chain -> key.map(secret -> new TlsFiles(chain, secret)));
  }

  private static String message(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}
