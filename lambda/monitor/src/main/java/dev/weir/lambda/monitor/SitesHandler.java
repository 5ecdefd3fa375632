// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.document.DynamoDocuments;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.lambda.monitor.sites.SitesFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API of sites: events of an HTTP API, payload 2.0. Lambda makes one for each instance and
 * calls it for one request at a time.
 */
public final class SitesHandler implements RequestStreamHandler, Resource {

  private static final Logger LOG = LoggerFactory.getLogger(SitesHandler.class);

  private final Variables variables;
  private @Nullable AwsClients clients;
  private @Nullable SitesFunction function;

  /** As Lambda makes it. */
  public SitesHandler() {
    this(System.getenv());
    Core.getGlobalContext().register(this);
  }

  SitesHandler(Map<String, String> environment) {
    this.variables = new Variables(environment);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    byte[] bytes = event.readAllBytes();
    answer.write(FunctionLog.during(context, () -> answer(bytes)));
  }

  private byte[] answer(byte[] event) {
    SitesFunction ready;
    try {
      ready = function();
    } catch (IllegalArgumentException e) {
      // A variable is wrong, which an operator can mend; a caller is told no more than that.
      LOG.error("The function is not set up: {}", FunctionLog.reason(e));
      return SitesFunction.notReady();
    }
    return ready.answer(event);
  }

  private synchronized SitesFunction function() {
    SitesFunction made = function;
    if (made == null) {
      FunctionSettings settings = new FunctionSettings(variables);
      String region = settings.homeRegion();
      AwsClients opened = new AwsClients();
      DynamoDocuments documents =
          new DynamoDocuments(
              opened.dynamoDb(region), region, settings.sitesTable(), settings.documentsTable());
      made = new SitesFunction(documents, region, InstantSource.system());
      clients = opened;
      function = made;
    }
    return made;
  }

  /** Connections would be dead in a copy of the snapshot. */
  @Override
  public synchronized void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    AwsClients opened = clients;
    clients = null;
    function = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** Nothing is open in the snapshot; the first request opens what it needs. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // See above.
  }
}
