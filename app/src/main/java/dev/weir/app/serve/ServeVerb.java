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
import dev.weir.app.settings.ServeSettings.Embedded;
import dev.weir.app.settings.ServeSettings.Timestream;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UpstreamSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

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
    return "Runs Weir: remote write and read, Timestream's API, website checks, the console.";
  }

  @Override
  public List<Flag<?>> flags() {
    return ServeFlags.ALL;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    return run(ServeSettings.of(settings, terminal.environment()), terminal, _ -> {});
  }

  /**
   * Serves until it is told to stop.
   *
   * @param started hears the address once Weir is ready
   * @return the exit code
   */
  public static int run(ServeSettings serve, Terminal terminal, Consumer<String> started) {
    LogSetup.apply(serve.log());
    Logger log = LoggerFactory.getLogger(ServeVerb.class);
    MisspelledVariables.warn(ServeFlags.ALL, terminal.environment(), log);
    Service service =
        switch (serve.store()) {
          case Embedded files -> new EmbeddedWeir(serve, files, InstantSource.system());
          case Timestream store -> TimestreamServe.of(serve, store, InstantSource.system());
        };
    return ServiceRun.of(
        service,
        log,
        started,
        line ->
            of(serve.store(), line.addKeyValue("version", Version.text()))
                .addKeyValue("table", serve.table())
                .log("Weir is ready"));
  }

  private static LoggingEventBuilder of(ServeSettings.Store store, LoggingEventBuilder line) {
    return switch (store) {
      case Embedded files ->
          line.addKeyValue("store", "embedded")
              .addKeyValue("data_dir", files.dataDir().toAbsolutePath().normalize());
      case Timestream(UpstreamSettings upstream) ->
          line.addKeyValue("store", "timestream").addKeyValue("region", upstream.region());
    };
  }

  /** What copies a data folder that no Weir has open. */
  public static StoreCopier closedStore(Path dataDir) {
    return DataFolderCopier.closed(dataDir);
  }
}
