// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.weir.lambda.monitor.log.FunctionLog;
import java.util.Map;

/**
 * Each hour: sums the hours that closed last, and ends the incidents of sites that are gone. With
 * {@code {"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z"}} sums these. Answers with
 * counts.
 */
public final class RollupHandler implements RequestHandler<Map<String, Object>, Map<String, Long>> {

  private final OpenedFunctions functions;

  /** As Lambda makes it. */
  public RollupHandler() {
    this(OpenedFunctions.ofThisFunction());
  }

  RollupHandler(OpenedFunctions functions) {
    this.functions = functions;
  }

  @Override
  public Map<String, Long> handleRequest(Map<String, Object> event, Context context) {
    return FunctionLog.during(
        context, () -> functions.get().rollUp(event == null ? Map.of() : event, context));
  }
}
