// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.configuration.FailedRecords;
import dev.weir.lambda.monitor.configuration.ScheduleFunctions;
import dev.weir.lambda.monitor.configuration.StreamEvent;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the changes of the table of sites, an event of its stream, and makes schedules follow them.
 * The answer names the records that failed.
 */
public final class ConfigurationHandler implements RequestStreamHandler {

  /** No site is begun in the last quarter of an invocation's time, or its last ten seconds. */
  private static final int RESERVE_PART = 4;

  private static final Duration RESERVE_MAX = Duration.ofSeconds(10);

  private final Variables variables;
  private final InstantSource time = InstantSource.system();
  private @Nullable ScheduleFunctions functions;

  /** As Lambda makes it. */
  public ConfigurationHandler() {
    this(System.getenv());
    try {
      functions();
    } catch (IllegalArgumentException _) {
      // each invocation says so, in the log that its events are in
    }
  }

  ConfigurationHandler(Map<String, String> environment) {
    this.variables = new Variables(environment);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    byte[] read = event.readAllBytes();
    answer.write(FunctionLog.during(context, () -> answer(read, context)));
  }

  private byte[] answer(byte[] event, Context context) {
    ScheduleFunctions ready = functions();
    try {
      return FailedRecords.answer(
          ready.changes().apply(StreamEvent.read(event), deadline(time, context)));
    } finally {
      ready.metrics().flush();
    }
  }

  static Instant deadline(InstantSource time, Context context) {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    Duration part = left.dividedBy(RESERVE_PART);
    return time.instant().plus(left).minus(part.compareTo(RESERVE_MAX) < 0 ? part : RESERVE_MAX);
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
