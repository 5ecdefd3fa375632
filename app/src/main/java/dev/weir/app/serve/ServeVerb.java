// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.backup.StoreCopier;
import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.cli.Version;
import dev.weir.app.logging.LogSetup;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.ServeFlags;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.server.web.ServerConfigException;
import dev.weir.store.StoreException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code weir serve}. */
public final class ServeVerb implements Verb {

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "Takes and answers Prometheus' remote write and read until it is told to stop.";
  }

  @Override
  public List<Flag<?>> flags() {
    return ServeFlags.ALL;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    ServeSettings serve = ServeSettings.of(settings);
    LogSetup.apply(serve.log());
    Logger log = LoggerFactory.getLogger(ServeVerb.class);
    Settings.misspelled(ServeFlags.ALL, terminal.environment())
        .forEach((wrong, right) ->
            log.atWarn()
                .addKeyValue("variable", wrong)
                .addKeyValue("suggestion", right)
                .log("An environment variable is not a setting"));
    Termination termination = Termination.install();
    try {
      Weir weir = Weir.of(serve, InstantSource.system());
      String address = weir.start();
      termination.started(weir::stop);
      log.atInfo()
          .addKeyValue("version", Version.text())
          .addKeyValue("address", address)
          .addKeyValue("data_dir", serve.dataDir().toAbsolutePath().normalize())
          .addKeyValue("store", "embedded")
          .addKeyValue("table", serve.table())
          .addKeyValue("start_ms", ManagementFactory.getRuntimeMXBean().getUptime())
          .log("Weir is ready");
    } catch (StoreException | ServerConfigException e) {
      termination.abandon();
      log.debug("Weir did not start", e);
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      termination.abandon();
      throw e;
    }
    return termination.await();
  }

  /** What copies a data folder that no Weir has open. */
  public static StoreCopier closedStore(Path dataDir) {
    return EmbeddedStoreCopier.closed(dataDir);
  }
}
