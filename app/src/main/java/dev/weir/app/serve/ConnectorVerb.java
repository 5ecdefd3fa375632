// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.cli.Version;
import dev.weir.app.logging.LogSetup;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.ConnectorFlags;
import dev.weir.app.settings.ConnectorSettings;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.ServeFlags;
import dev.weir.app.settings.Settings;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** {@code weir connector}. */
public final class ConnectorVerb implements Verb {

  @Override
  public String name() {
    return "connector";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "Carries Prometheus' remote write and read to Amazon Timestream; keeps nothing itself.";
  }

  @Override
  public List<Flag<?>> flags() {
    return ConnectorFlags.ALL;
  }

  @Override
  public Arguments.BooleanStyle booleanStyle() {
    return Arguments.BooleanStyle.TAKES_WORD;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    ConnectorSettings told = ConnectorSettings.of(settings, terminal.environment());
    LogSetup.apply(told.log());
    Logger log = LoggerFactory.getLogger(ConnectorVerb.class);
    MisspelledVariables.warn(ConnectorFlags.ALL, terminal.environment(), log);
    if (settings.value(ServeFlags.TLS_CERTIFICATE).isPresent()
        != settings.value(ServeFlags.TLS_KEY).isPresent()) {
      log.warn("Of --tls-certificate and --tls-key only one is given; the port speaks plain HTTP");
    }
    return ServiceRun.of(
        TimestreamWeir.connector(told, InstantSource.system()),
        log,
        _ -> {},
        line -> announce(told, log, line));
  }

  /** The texts are the AWS connector's, since people search their logs for them. */
  private static void announce(ConnectorSettings told, Logger log, LoggingEventBuilder line) {
    log.atInfo()
        .addKeyValue("version", Version.text())
        .addKeyValue("java_version", Runtime.version())
        .log("timestream-prometheus-connector");
    log.info(
        "Timestream connection is initialized (Database: {}, Table: {}, Region: {})",
        told.table().database(),
        told.table().table(),
        told.upstream().region());
    line.log(
        "The Prometheus Connector is now ready to begin serving ingestion and query requests.");
  }
}
