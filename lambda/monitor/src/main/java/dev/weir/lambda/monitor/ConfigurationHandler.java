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
 * Takes the changes of the table of sites, an event of its stream, and makes schedules follow them.
 * The answer names the records that failed.
 */
public final class ConfigurationHandler implements RequestStreamHandler {

  private final Opened<ScheduleFunctions> functions;

  /** As Lambda makes it. */
  public ConfigurationHandler() {
    this(System.getenv());
    functions.begin();
  }

  ConfigurationHandler(Map<String, String> environment) {
    this.functions =
        new Opened<>(
            environment, ScheduleFunctions::of, () -> Rehearsals.configuration(environment));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    functions.answer(event, answer, context, ScheduleFunctions::configure);
  }
}
