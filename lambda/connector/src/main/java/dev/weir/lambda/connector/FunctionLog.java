// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.weir.environment.Variables;
import dev.weir.prometheus.write.WriteListener;
import dev.weir.prometheus.write.WriteReport;
import java.util.Locale;

/**
 * Lines of the function's log, as {@code enable_logging} and {@code log_level} ask for them. How a
 * line is written is Lambda's: the function's own log format.
 *
 * @param least the least severe level that is written
 */
record FunctionLog(LambdaLogger log, boolean enabled, LogLevel least) implements WriteListener {

  static FunctionLog of(LambdaLogger log, Variables variables) {
    return new FunctionLog(
        log,
        variables.truth("enable_logging", true),
        LogLevel.valueOf(
            variables
                .oneOf("log_level", "info", "debug", "warn", "error")
                .toUpperCase(Locale.ROOT)));
  }

  void line(LogLevel level, String text) {
    if (enabled && level.compareTo(least) >= 0) {
      log.log(text, level);
    }
  }

  @Override
  public void answered(WriteReport report) {
    // The answer itself is logged where something went wrong; Lambda counts invocations.
  }

  @Override
  public void warned(String line) {
    line(LogLevel.WARN, line);
  }
}
