// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.run.CheckFunction;
import dev.weir.lambda.monitor.run.CheckRehearsal;
import dev.weir.lambda.monitor.settings.FunctionSettings;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks: an order from a schedule or a rule, answered {@code null}, or orders in messages of
 * SQS, answered with those that failed. Lambda makes one for each instance and calls it for one
 * invocation at a time.
 */
public final class CheckHandler implements RequestStreamHandler, Resource {

  private static final Logger LOG = LoggerFactory.getLogger(CheckHandler.class);

  private final Variables variables;
  private @Nullable AwsClients clients;
  private @Nullable CheckFunction function;
  private @Nullable FunctionMetrics metrics;

  /** As Lambda makes it: what would make the first measurement slow is done before it. */
  public CheckHandler() {
    this(System.getenv());
    Core.getGlobalContext().register(this);
    CheckRehearsal.run(1);
  }

  CheckHandler(Map<String, String> environment) {
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
    CheckFunction ready = function();
    try {
      return ready.handle(event, invocation, remaining);
    } finally {
      if (metrics != null) {
        metrics.flush();
      }
    }
  }

  private synchronized CheckFunction function() {
    CheckFunction made = function;
    if (made == null) {
      AwsClients opened = new AwsClients();
      FunctionMetrics counted = FunctionMetrics.of(variables);
      made =
          CheckFunction.of(
              new FunctionSettings(variables), opened, InstantSource.system(), counted::add);
      clients = opened;
      metrics = counted;
      function = made;
    }
    return made;
  }

  /** What is loaded and compiled by now, no start from the snapshot waits for. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    if (!CheckRehearsal.run(CheckRehearsal.TIMES_BEFORE_SNAPSHOT)) {
      LOG.warn("Priming failed; the first checks after a start are slower");
    }
    close();
  }

  /** Connections would be dead in a copy, and random numbers the same: all is made anew. */
  synchronized void close() {
    AwsClients opened = clients;
    clients = null;
    function = null;
    metrics = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** Nothing is open in the snapshot; the first invocation opens what it needs. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // See above.
  }
}
