// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.app.settings.ConnectorFlags.CredentialsSource;
import dev.weir.server.Door;
import dev.weir.store.TableName;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code weir connector} is told, checked as a whole.
 *
 * @param table where samples go; never created
 */
public record ConnectorSettings(
    TableName table,
    Upstream upstream,
    CredentialsSource credentials,
    ServeSettings.Web web,
    ServeSettings.Write write,
    ServeSettings.Log log) {

  /** The variable by which operators in a VPC without internet turn discovery off. */
  private static final String DISCOVERY = "AWS_ENABLE_ENDPOINT_DISCOVERY";

  /** How Timestream is reached. */
  public record Upstream(
      String region,
      Optional<URI> writeEndpoint,
      Optional<URI> queryEndpoint,
      int writeAttemptsMax,
      int readAttemptsMax) {}

  /** Checks what no single flag can. */
  public static ConnectorSettings of(Settings settings, Map<String, String> environment) {
    return new ConnectorSettings(
        table(settings),
        upstream(settings, environment),
        settings.value(ConnectorFlags.CREDENTIALS),
        ServeSettings.web(settings, Set.of(Door.PROMETHEUS), Optional.empty()),
        ServeSettings.write(settings),
        ServeSettings.log(settings));
  }

  private static TableName table(Settings settings) {
    String database = required(settings, ConnectorFlags.DEFAULT_DATABASE);
    String table = required(settings, ConnectorFlags.DEFAULT_TABLE);
    return ServeSettings.table(
        settings, ConnectorFlags.DEFAULT_DATABASE, database, ConnectorFlags.DEFAULT_TABLE, table);
  }

  private static String required(Settings settings, Flag<Optional<String>> flag) {
    return settings
        .value(flag)
        .orElseThrow(() -> new UsageException("--" + flag.name() + " is needed"));
  }

  private static Upstream upstream(Settings settings, Map<String, String> environment) {
    Optional<URI> write = settings.value(ConnectorFlags.WRITE_ENDPOINT);
    Optional<URI> query = settings.value(ConnectorFlags.QUERY_ENDPOINT);
    boolean discovers = !"false".equalsIgnoreCase(environment.get(DISCOVERY));
    if (!discovers && (write.isEmpty() || query.isEmpty())) {
      throw new UsageException(
          DISCOVERY + "=false needs both --write-base-endpoint and --query-base-endpoint");
    }
    return new Upstream(
        settings.value(ConnectorFlags.REGION),
        write,
        query,
        settings.value(ConnectorFlags.WRITE_ATTEMPTS),
        settings.value(ConnectorFlags.READ_ATTEMPTS));
  }
}
