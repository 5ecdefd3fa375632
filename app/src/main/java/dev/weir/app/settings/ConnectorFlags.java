// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.BOOLEAN;
import static dev.weir.app.settings.FlagType.LISTEN_ADDRESS;
import static dev.weir.app.settings.FlagType.OPTIONAL_TEXT;

import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.server.ListenAddress;
import java.util.List;
import java.util.Optional;

/**
 * The flags of {@code weir connector}: those of the AWS connector, with its names and defaults, and
 * the few more that it lacks.
 */
public final class ConnectorFlags {

  public static final Flag<Optional<String>> DEFAULT_DATABASE =
      Flag.of("default-database", OPTIONAL_TEXT, "", "Database that samples go to. Required.");

  public static final Flag<Optional<String>> DEFAULT_TABLE =
      Flag.of("default-table", OPTIONAL_TEXT, "", "Table that samples go to. Required.");

  public static final Flag<ListenAddress> LISTEN =
      Flag.of("web.listen-address", LISTEN_ADDRESS, ":9201", "Where the connector listens.");

  public static final Flag<CredentialsSource> CREDENTIALS = TimestreamFlags.credentials("request");

  public static final Flag<Boolean> ENABLE_SIGV4 =
      Flag.of(
          "enable-sigv4-auth",
          BOOLEAN,
          "true",
          "Taken because the AWS connector takes it. It says something in its Lambda function"
              + " alone.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      List.of(
          ServeFlags.CONFIG_FILE,
          DEFAULT_DATABASE,
          DEFAULT_TABLE,
          TimestreamFlags.REGION,
          TimestreamFlags.QUERY_ENDPOINT,
          TimestreamFlags.WRITE_ENDPOINT,
          CREDENTIALS,
          TimestreamFlags.READ_ATTEMPTS,
          TimestreamFlags.WRITE_ATTEMPTS,
          LISTEN,
          ServeFlags.TELEMETRY_PATH,
          ServeFlags.WEB_CONFIG,
          ServeFlags.ALLOWED_HOSTS,
          ServeFlags.TLS_CERTIFICATE,
          ServeFlags.TLS_KEY,
          ENABLE_SIGV4,
          ServeFlags.FAIL_ON_LONG_LABEL,
          ServeFlags.FAIL_ON_INVALID_SAMPLE,
          ServeFlags.NON_FINITE,
          ServeFlags.THROTTLE_STATUS,
          ServeFlags.ENABLE_LOGGING,
          ServeFlags.LOG_LEVEL,
          ServeFlags.LOG_FORMAT);

  private ConnectorFlags() {}
}
