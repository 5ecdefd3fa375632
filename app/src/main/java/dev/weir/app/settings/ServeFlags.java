// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.BOOLEAN;
import static dev.weir.app.settings.FlagType.LISTEN_ADDRESS;
import static dev.weir.app.settings.FlagType.OPTIONAL_PATH;
import static dev.weir.app.settings.FlagType.PATH;
import static dev.weir.app.settings.FlagType.TEXT;
import static dev.weir.app.settings.FlagType.WORDS;
import static dev.weir.app.settings.FlagType.choice;
import static dev.weir.app.settings.FlagType.choices;
import static dev.weir.app.settings.FlagType.duration;

import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.server.Door;
import dev.weir.server.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The flags of {@code weir serve}. Names that the AWS connector has too are spelled as there, so
 * that an operator changes only the binary.
 */
public final class ServeFlags {

  private static final Duration RETENTION_MIN = Duration.ofHours(1);

  /** Timestream's own bound of the magnetic store: 73,000 days, 200 years. */
  private static final Duration RETENTION_MAX = Duration.ofDays(73_000);

  public static final Flag<Optional<Path>> CONFIG_FILE =
      Flag.of(
          "config.file",
          OPTIONAL_PATH,
          "",
          "File with settings; its keys are the names of flags. Without it ./weir.yaml, if there.");

  public static final Flag<StoreKind> STORE =
      Flag.of(
          "store",
          choice(words("embedded", StoreKind.EMBEDDED, "timestream", StoreKind.TIMESTREAM)),
          "embedded",
          "Where points are kept.");

  public static final Flag<Path> DATA_DIR =
      Flag.of(
          "data-dir",
          PATH,
          "./weir-data",
          "Folder of the embedded store and, whatever the store, of documents; made if missing.");

  public static final Flag<Duration> RETENTION =
      Flag.of(
          "retention",
          duration(RETENTION_MIN, RETENTION_MAX),
          "365d",
          "How long the embedded store keeps samples. Older ones are refused, and dropped once they"
              + " are.");

  public static final Flag<Optional<Path>> SITES_FILE =
      Flag.of(
          "sites.file",
          OPTIONAL_PATH,
          "",
          "File with sites to check, YAML or JSON; applied at the start and when it changes. Sites"
              + " that leave it go, those that came another way stay.");

  public static final Flag<Boolean> SELF_SCRAPE =
      Flag.of("self-scrape", BOOLEAN, "true", "Keep Weir's own metrics in its own store.");

  public static final Flag<String> DEFAULT_DATABASE =
      Flag.of(
          "default-database",
          TEXT,
          "weir",
          "Database that samples go to; made if missing. Timestream's must be named and be there.");

  public static final Flag<String> DEFAULT_TABLE =
      Flag.of(
          "default-table",
          TEXT,
          "prometheus",
          "Table that samples go to; made if missing. Timestream's must be named and be there.");

  /** Read with {@code --store=timestream} alone, as are those of {@link TimestreamFlags}. */
  public static final Flag<CredentialsSource> CREDENTIALS =
      TimestreamFlags.credentials("environment");

  public static final Flag<ListenAddress> LISTEN =
      Flag.of(
          "web.listen-address",
          LISTEN_ADDRESS,
          "127.0.0.1:9201",
          "Where Weir listens. Off loopback every open door needs credentials.");

  public static final Flag<String> TELEMETRY_PATH =
      Flag.of("web.telemetry-path", TEXT, "/metrics", "Path of Weir's own metrics.");

  public static final Flag<Optional<Path>> WEB_CONFIG =
      Flag.of(
          "web.config.file",
          OPTIONAL_PATH,
          "",
          "Web configuration in the exporter-toolkit's format: users and TLS.");

  public static final Flag<Set<String>> ALLOWED_HOSTS =
      Flag.of(
          "web.allowed-hosts",
          WORDS,
          "",
          "Host names, besides localhost, that a door without credentials answers to.");

  public static final Flag<Optional<Path>> TLS_CERTIFICATE =
      Flag.of("tls-certificate", OPTIONAL_PATH, "", "Certificate chain in PEM; with --tls-key.");

  public static final Flag<Optional<Path>> TLS_KEY =
      Flag.of("tls-key", OPTIONAL_PATH, "", "Private key in PEM; with --tls-certificate.");

  public static final Flag<Set<Door>> DOORS =
      Flag.of(
          "doors",
          choices(
              words(
                  "prometheus",
                  Door.PROMETHEUS,
                  "console",
                  Door.CONSOLE,
                  "timestream",
                  Door.TIMESTREAM)),
          "prometheus,timestream,console",
          "The doors that are open. With --store=timestream there is no timestream door.");

  public static final Flag<Optional<Path>> TIMESTREAM_CREDENTIALS =
      Flag.of(
          "timestream.credentials-file",
          OPTIONAL_PATH,
          "",
          "Callers of the timestream door, in the form of AWS's credentials file. Without it no"
              + " signature is asked for, on loopback only.");

  public static final Flag<Boolean> FAIL_ON_LONG_LABEL =
      Flag.of(
          "fail-on-long-label",
          BOOLEAN,
          "false",
          "Answer 400 to series with a name that is too long, instead of dropping them.");

  public static final Flag<Boolean> FAIL_ON_INVALID_SAMPLE =
      Flag.of(
          "fail-on-invalid-sample-value",
          BOOLEAN,
          "false",
          "Answer 400 to samples that are NaN or infinite, whatever --non-finite-samples says.");

  public static final Flag<NonFiniteSamples> NON_FINITE =
      Flag.of(
          "non-finite-samples",
          choice(words("store", NonFiniteSamples.STORE, "drop", NonFiniteSamples.DROP)),
          "store",
          "What becomes of samples that are NaN, infinite or stale.");

  public static final Flag<Integer> THROTTLE_STATUS =
      Flag.of(
          "throttle-status",
          choice(words("503", 503, "429", 429)),
          "503",
          "Status that asks senders to slow down; some senders drop data on 429.");

  public static final Flag<Boolean> ENABLE_LOGGING =
      Flag.of("enable-logging", BOOLEAN, "true", "Write a log to standard error.");

  public static final Flag<LogLevel> LOG_LEVEL =
      Flag.of(
          "log.level",
          choice(
              words(
                  "debug",
                  LogLevel.DEBUG,
                  "info",
                  LogLevel.INFO,
                  "warn",
                  LogLevel.WARN,
                  "error",
                  LogLevel.ERROR)),
          "info",
          "Least severe level that is logged.");

  public static final Flag<LogFormat> LOG_FORMAT =
      Flag.of(
          "log.format",
          choice(words("logfmt", LogFormat.LOGFMT, "json", LogFormat.JSON)),
          "logfmt",
          "How a line of the log is written.");

  private static final List<Flag<?>> OWN =
      List.of(
          CONFIG_FILE,
          STORE,
          DATA_DIR,
          RETENTION,
          SITES_FILE,
          SELF_SCRAPE,
          DEFAULT_DATABASE,
          DEFAULT_TABLE,
          TimestreamFlags.REGION,
          TimestreamFlags.QUERY_ENDPOINT,
          TimestreamFlags.WRITE_ENDPOINT,
          CREDENTIALS,
          TimestreamFlags.READ_ATTEMPTS,
          TimestreamFlags.WRITE_ATTEMPTS,
          LISTEN,
          TELEMETRY_PATH,
          WEB_CONFIG,
          ALLOWED_HOSTS,
          TLS_CERTIFICATE,
          TLS_KEY,
          DOORS,
          TIMESTREAM_CREDENTIALS,
          FAIL_ON_LONG_LABEL,
          FAIL_ON_INVALID_SAMPLE,
          NON_FINITE,
          THROTTLE_STATUS,
          ENABLE_LOGGING,
          LOG_LEVEL,
          LOG_FORMAT);

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      Stream.of(OWN, ConsoleFlags.ALL, ChecksFlags.ALL).<Flag<?>>flatMap(List::stream).toList();

  private ServeFlags() {}

  /** The stores that a flag can name. */
  public enum StoreKind {
    EMBEDDED,
    TIMESTREAM
  }

  /** Levels of the log. */
  public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** Formats of the log. */
  public enum LogFormat {
    LOGFMT,
    JSON
  }

  /** Word, value, word, value and so on; keeps the order. */
  @SuppressWarnings("unchecked") // Every second one is a T, as each caller shows.
  private static <T> LinkedHashMap<String, T> words(Object... wordsAndValues) {
    LinkedHashMap<String, T> words = new LinkedHashMap<>();
    for (int i = 0; i < wordsAndValues.length; i += 2) {
      words.put((String) wordsAndValues[i], (T) wordsAndValues[i + 1]);
    }
    return words;
  }
}
