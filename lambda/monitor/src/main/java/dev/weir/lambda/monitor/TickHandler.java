// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.claim.TableClaims;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.document.DynamoDocuments;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.queue.MessageQueue;
import dev.weir.lambda.monitor.queue.SqsQueue;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.lambda.monitor.settings.RegionTargets;
import dev.weir.lambda.monitor.tick.TickFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Plans checks below a minute: a tick of a shard, answered with counts. It plans a minute ahead, so
 * its own start need not be quick.
 */
public final class TickHandler implements RequestStreamHandler, Resource {

  private final Variables variables;
  private @Nullable AwsClients clients;
  private @Nullable TickFunction function;
  private @Nullable FunctionMetrics metrics;

  /** As Lambda makes it. */
  public TickHandler() {
    this(System.getenv());
    Core.getGlobalContext().register(this);
  }

  TickHandler(Map<String, String> environment) {
    this.variables = new Variables(environment);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    String answered =
        FunctionLog.during(
            context,
            () ->
                handle(
                    text,
                    context.getAwsRequestId(),
                    Duration.ofMillis(context.getRemainingTimeInMillis())));
    answer.write(answered.getBytes(StandardCharsets.UTF_8));
  }

  private String handle(String event, String invocation, Duration remaining) {
    TickFunction ready = function();
    try {
      return ready.handle(event, invocation, remaining);
    } finally {
      if (metrics != null) {
        metrics.flush();
      }
    }
  }

  private synchronized TickFunction function() {
    TickFunction made = function;
    if (made == null) {
      FunctionSettings settings = new FunctionSettings(variables);
      FunctionMetrics counted = FunctionMetrics.of(variables);
      Map<String, RegionTargets> regions = settings.regions();
      AwsClients opened = new AwsClients();
      InstantSource clock = InstantSource.system();
      String home = settings.homeRegion();
      DynamoDbClient tables = opened.dynamoDb(home);
      made =
          new TickFunction(
              new DynamoDocuments(tables, home, settings.sitesTable(), settings.documentsTable()),
              new TableClaims(tables, settings.documentsTable(), clock),
              region -> orders(opened, regions, region),
              clock,
              counted::add);
      clients = opened;
      metrics = counted;
      function = made;
    }
    return made;
  }

  private static MessageQueue orders(
      AwsClients clients, Map<String, RegionTargets> regions, String region) {
    RegionTargets targets = regions.get(region);
    if (targets == null || targets.orders().isEmpty()) {
      throw new IllegalArgumentException(
          "the environment variable WEIR_REGIONS names no queue of orders for " + region);
    }
    return new SqsQueue(clients.sqs(region), targets.orders(), Thread::sleep);
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    close();
  }

  /** Connections would be dead in a copy; the next tick opens them anew. */
  synchronized void close() {
    AwsClients opened = clients;
    clients = null;
    function = null;
    metrics = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** Nothing is open in the snapshot. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // See above.
  }
}
