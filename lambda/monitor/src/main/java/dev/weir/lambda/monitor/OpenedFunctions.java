// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.document.DynamoDocuments;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.result.ResultFunctions;
import dev.weir.lambda.monitor.result.ResultRehearsal;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import java.time.InstantSource;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of results, opened with the first event and kept. In a snapshot of SnapStart nothing
 * is open that would be dead in its copies, but all is loaded. A variable that is wrong is told
 * with each event.
 */
final class OpenedFunctions implements Resource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenedFunctions.class);
  private static final int REHEARSALS = 20;

  private final Variables variables;
  private @Nullable AwsClients clients;
  private @Nullable ResultFunctions functions;

  OpenedFunctions(Map<String, String> environment) {
    this.variables = new Variables(environment);
  }

  /** Those of a handler, as Lambda makes it. */
  static OpenedFunctions ofThisFunction() {
    OpenedFunctions opened = new OpenedFunctions(System.getenv());
    Core.getGlobalContext().register(opened);
    return opened;
  }

  /**
   * As the variables say.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  synchronized ResultFunctions get() {
    ResultFunctions ready = functions;
    if (ready == null) {
      FunctionSettings settings = new FunctionSettings(variables);
      AwsClients opened = new AwsClients();
      clients = opened;
      String region = settings.homeRegion();
      ready =
          ResultFunctions.of(
              settings,
              opened,
              new DynamoDocuments(
                  opened.dynamoDb(region),
                  region,
                  settings.sitesTable(),
                  settings.documentsTable()),
              InstantSource.system());
      functions = ready;
    }
    return ready;
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    try {
      ResultRehearsal.run(REHEARSALS);
      get();
    } catch (RuntimeException e) {
      // Most likely a variable is wrong. Each event says so.
      LOG.warn("Nothing is ready before the first event: {}", FunctionLog.reason(e));
    }
    close();
  }

  /** The first event opens what it needs. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // See above.
  }

  @Override
  public synchronized void close() {
    ResultFunctions ready = functions;
    functions = null;
    if (ready != null) {
      ready.close();
    }
    AwsClients opened = clients;
    clients = null;
    if (opened != null) {
      opened.close();
    }
  }
}
