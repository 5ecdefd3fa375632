// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.server.Door;
import dev.weir.store.TableName;
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
    UpstreamSettings upstream,
    ServeSettings.Web web,
    ServeSettings.Write write,
    ServeSettings.Log log) {

  /** What Lambda sets in each function (AWS Lambda, "Defined runtime environment variables"). */
  private static final String LAMBDA = "LAMBDA_TASK_ROOT";

  /** Checks what no single flag can. */
  public static ConnectorSettings of(Settings settings, Map<String, String> environment) {
    return of(settings, settings.value(ConnectorFlags.CREDENTIALS), environment);
  }

  /** Whether this process is a Lambda function, by the AWS connector's rule. */
  public static boolean inLambda(Map<String, String> environment) {
    return !environment.getOrDefault(LAMBDA, "").isEmpty();
  }

  /**
   * The settings of a Lambda function, from the AWS connector's variables: flags in lower case with
   * {@code _}. A variable that is empty counts as unset, since templates can't leave one out. With
   * {@code enable_sigv4_auth}, the default, calls are signed with the function's role, otherwise
   * with what each request brings.
   */
  public static ConnectorSettings ofLambda(Map<String, String> environment) {
    Settings settings =
        Settings.ofLambda(ConnectorFlags.ALL, ConnectorFlags.IN_LAMBDA, environment);
    CredentialsSource credentials =
        settings.value(ConnectorFlags.ENABLE_SIGV4)
            ? CredentialsSource.ENVIRONMENT
            : CredentialsSource.REQUEST;
    return of(settings, credentials, environment);
  }

  private static ConnectorSettings of(
      Settings settings, CredentialsSource credentials, Map<String, String> environment) {
    return new ConnectorSettings(
        table(settings),
        UpstreamSettings.of(settings, credentials, environment),
        ServeSettings.web(
            settings, Set.of(Door.PROMETHEUS), ServeSettings.TlsPair.OPTIONAL, Optional.empty()),
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
        .orElseThrow(() -> new UsageException(settings.nameOf(flag) + " is needed"));
  }
}
