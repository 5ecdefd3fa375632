// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.lambda.monitor.configuration.ScheduleFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Compares all schedules with the table of sites and mends what differs; with {@code
 * {"dryRun":true}} it only tells. The answer is the report as JSON.
 */
public final class ReconcileHandler implements RequestStreamHandler {

  private final Opened<ScheduleFunctions> functions;

  /** As Lambda makes it. */
  public ReconcileHandler() {
    this(System.getenv());
    functions.begin();
  }

  ReconcileHandler(Map<String, String> environment) {
    this.functions =
        new Opened<>(environment, ScheduleFunctions::of, () -> Rehearsals.reconcile(environment));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    functions.answer(event, answer, context, ScheduleFunctions::reconcile);
  }
}
