// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.settings.UsageException;
import dev.weir.server.web.ServerConfigException;
import dev.weir.store.StoreException;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Starts a service, says that it is ready, and waits for the end of the process. */
final class ServiceRun {

  private ServiceRun() {}

  /**
   * Runs it.
   *
   * @param started hears the address once it is ready
   * @param announce logs that it is ready; the line has the address and how long the start took
   * @return the exit code
   * @throws UsageException with one line, where an operator can mend why it does not start
   */
  static int of(
      Service service,
      Logger log,
      Consumer<String> started,
      Consumer<LoggingEventBuilder> announce) {
    Termination termination = Termination.install();
    try {
      String address = service.start();
      termination.started(service::stop);
      announce.accept(
          log.atInfo()
              .addKeyValue("address", address)
              .addKeyValue("start_ms", ManagementFactory.getRuntimeMXBean().getUptime()));
      started.accept(address);
    } catch (StoreException | ServerConfigException e) {
      termination.abandon();
      log.debug("the start failed", e);
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      termination.abandon();
      throw e;
    }
    return termination.await();
  }
}
