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
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.server.web.ServerConfigException;
import dev.weir.store.StoreException;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    Termination termination = Termination.install();
    try {
      Connector connector = new Connector(told, InstantSource.system());
      String address = connector.start();
      termination.started(connector::stop);
      log.atInfo()
          .addKeyValue("version", Version.text())
          .addKeyValue("address", address)
          .addKeyValue("table", told.table())
          .addKeyValue("region", told.upstream().region())
          .addKeyValue("start_ms", ManagementFactory.getRuntimeMXBean().getUptime())
          .log("The connector is ready");
    } catch (StoreException | ServerConfigException e) {
      termination.abandon();
      log.debug("The connector did not start", e);
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      termination.abandon();
      throw e;
    }
    return termination.await();
  }
}
