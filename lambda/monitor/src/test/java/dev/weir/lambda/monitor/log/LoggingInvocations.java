// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.log;

import com.amazonaws.services.lambda.runtime.Context;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.FixedContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two invocations that have something to say, in a process that is told nothing else. */
final class LoggingInvocations {

  private static final Logger LOG = LoggerFactory.getLogger(LoggingInvocations.class);

  private LoggingInvocations() {}

  public static void main(String[] arguments) {
    FunctionMetrics metrics = FunctionMetrics.of(new Variables(System.getenv()));
    Context first = new FixedContext("request-1");
    FunctionLog.during(
        first,
        () -> {
          LOG.debug("nobody asked for this");
          try (FunctionLog.Correlation _ = FunctionLog.of("message-1")) {
            FunctionLog.refused(LOG, "message-1", "no JSON:\n line 1, column 2");
          }
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> LOG.info("from another thread"));
          }
          metrics.add("RecordsStored", 2);
          metrics.add("RecordsStored", 3);
          metrics.add("RecordsRefused", 1);
          return "done";
        });
    metrics.flush();
    metrics.flush();
    try {
      FunctionLog.during(
          new FixedContext("request-2"),
          () -> {
            throw new IllegalStateException("no table", new RuntimeException("of that\nname"));
          });
    } catch (IllegalStateException e) {
      System.err.println("thrown on: " + e.getMessage());
    }
  }
}
