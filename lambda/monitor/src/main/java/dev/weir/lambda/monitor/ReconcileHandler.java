// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.configuration.DriftReport;
import dev.weir.lambda.monitor.configuration.ReconcileOrder;
import dev.weir.lambda.monitor.configuration.ScheduleFunctions;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares all schedules with the table of sites and mends what differs; with {@code
 * {"dryRun":true}} it only tells. The answer is the report as JSON.
 */
public final class ReconcileHandler implements RequestStreamHandler {

  private final Variables variables;
  private @Nullable ScheduleFunctions functions;

  /** As Lambda makes it. */
  public ReconcileHandler() {
    this(System.getenv());
    try {
      functions();
    } catch (IllegalArgumentException _) {
      // each invocation says so, in the log that its report is in
    }
  }

  ReconcileHandler(Map<String, String> environment) {
    this.variables = new Variables(environment);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    byte[] read = event.readAllBytes();
    answer.write(FunctionLog.during(context, () -> answer(read, context)));
  }

  private byte[] answer(byte[] event, Context context) {
    ReconcileOrder order = ReconcileOrder.read(event);
    ScheduleFunctions ready = functions();
    try {
      DriftReport report =
          ready
              .reconciliation()
              .run(order.dryRun(), ConfigurationHandler.deadline(InstantSource.system(), context));
      ready.metrics().add("SchedulesDrifted", report.drift().size());
      ready.metrics().add("SchedulesMended", report.mended());
      ready.metrics().add("SitesRefused", report.refused().size());
      ready.metrics().add("ReconcileFailures", report.failed().size());
      return report.json().getBytes(UTF_8);
    } finally {
      ready.metrics().flush();
    }
  }

  private synchronized ScheduleFunctions functions() {
    ScheduleFunctions made = functions;
    if (made == null) {
      made = ScheduleFunctions.of(new FunctionSettings(variables));
      functions = made;
    }
    return made;
  }
}
