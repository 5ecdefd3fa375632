// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.weir.prometheus.write.WriteListener;
import dev.weir.prometheus.write.WriteReport;

/** Writes what remote write warns of into the function's log. */
record WriteLog(LambdaLogger log) implements WriteListener {

  @Override
  public void answered(WriteReport report) {
    // The answer itself is logged where something went wrong; Lambda counts invocations.
  }

  @Override
  public void warned(String line) {
    log.log(line, LogLevel.WARN);
  }
}
