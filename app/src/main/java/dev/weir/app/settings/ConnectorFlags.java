// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.LISTEN_ADDRESS;
import static dev.weir.app.settings.FlagType.OPTIONAL_TEXT;
import static dev.weir.app.settings.FlagType.choice;
import static dev.weir.app.settings.FlagType.whole;

import dev.weir.server.ListenAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The flags of {@code weir connector}: those of the AWS connector, with its names and defaults, and
 * the few more that it lacks.
 */
public final class ConnectorFlags {

  private static final int ATTEMPTS_MAX = 100;

  public static final Flag<String> REGION =
      Flag.of("region", FlagType.TEXT, "us-east-1", "AWS region of the database.");

  public static final Flag<Integer> READ_ATTEMPTS =
      Flag.of(
          "max-read-retries",
          whole(1, ATTEMPTS_MAX),
          "3",
          "How often a query is sent at most, the first time included.");

  public static final Flag<Integer> WRITE_ATTEMPTS =
      Flag.of(
          "max-write-retries",
          whole(1, ATTEMPTS_MAX),
          "10",
          "How often a call that writes is sent at most, the first time included.");

  public static final Flag<Optional<String>> DEFAULT_DATABASE =
      Flag.of("default-database", OPTIONAL_TEXT, "", "Database that samples go to. Required.");

  public static final Flag<Optional<String>> DEFAULT_TABLE =
      Flag.of("default-table", OPTIONAL_TEXT, "", "Table that samples go to. Required.");

  public static final Flag<Optional<URI>> QUERY_ENDPOINT =
      Flag.of(
          "query-base-endpoint",
          FlagType.OPTIONAL_URL,
          "",
          "Where queries go, such as a cell's address in a VPC. Without it Amazon is asked.");

  public static final Flag<Optional<URI>> WRITE_ENDPOINT =
      Flag.of(
          "write-base-endpoint",
          FlagType.OPTIONAL_URL,
          "",
          "Where samples go, such as a cell's address in a VPC. Without it Amazon is asked.");

  public static final Flag<ListenAddress> LISTEN =
      Flag.of("web.listen-address", LISTEN_ADDRESS, ":9201", "Where the connector listens.");

  public static final Flag<CredentialsSource> CREDENTIALS =
      Flag.of(
          "credentials",
          choice(sources()),
          "request",
          "Whose credentials are used: each request's, as user and password, or those that the AWS"
              + " SDK finds (environment, profile, role); then the port needs users of its own.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      List.of(
          ServeFlags.CONFIG_FILE,
          DEFAULT_DATABASE,
          DEFAULT_TABLE,
          REGION,
          QUERY_ENDPOINT,
          WRITE_ENDPOINT,
          CREDENTIALS,
          READ_ATTEMPTS,
          WRITE_ATTEMPTS,
          LISTEN,
          ServeFlags.TELEMETRY_PATH,
          ServeFlags.WEB_CONFIG,
          ServeFlags.ALLOWED_HOSTS,
          ServeFlags.TLS_CERTIFICATE,
          ServeFlags.TLS_KEY,
          ServeFlags.FAIL_ON_LONG_LABEL,
          ServeFlags.FAIL_ON_INVALID_SAMPLE,
          ServeFlags.NON_FINITE,
          ServeFlags.THROTTLE_STATUS,
          ServeFlags.ENABLE_LOGGING,
          ServeFlags.LOG_LEVEL,
          ServeFlags.LOG_FORMAT);

  private ConnectorFlags() {}

  /** Whose credentials calls to Timestream are signed with. */
  public enum CredentialsSource {
    REQUEST,
    ENVIRONMENT
  }

  private static LinkedHashMap<String, CredentialsSource> sources() {
    LinkedHashMap<String, CredentialsSource> sources = new LinkedHashMap<>();
    sources.put("request", CredentialsSource.REQUEST);
    sources.put("environment", CredentialsSource.ENVIRONMENT);
    return sources;
  }
}
