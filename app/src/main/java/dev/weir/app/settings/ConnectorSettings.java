// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.server.ConsoleOptions;
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

  /** Checks what no single flag can. */
  public static ConnectorSettings of(Settings settings, Map<String, String> environment) {
    return new ConnectorSettings(
        table(settings),
        UpstreamSettings.of(settings, settings.value(ConnectorFlags.CREDENTIALS), environment),
        ServeSettings.web(
            settings,
            Set.of(Door.PROMETHEUS),
            ServeSettings.TlsPair.OPTIONAL,
            Optional.empty(),
            ConsoleOptions.OPEN),
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
