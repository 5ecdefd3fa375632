// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.weir.lambda.monitor.result.ResultFunctions;
import dev.weir.lambda.monitor.result.ResultRehearsal;
import java.util.Map;

/**
 * Each hour: sums the hours that closed last, and ends the incidents of sites that are gone. With
 * {@code {"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z"}} sums these. Answers with
 * counts.
 */
public final class RollupHandler implements RequestHandler<Map<String, Object>, Map<String, Long>> {

  private final Opened<ResultFunctions> functions;

  /** As Lambda makes it. */
  public RollupHandler() {
    this(System.getenv());
    functions.begin();
  }

  RollupHandler(Map<String, String> environment) {
    this.functions = new Opened<>(environment, ResultFunctions::of, ResultRehearsal::run);
  }

  @Override
  public Map<String, Long> handleRequest(Map<String, Object> event, Context context) {
    return functions.during(
        context, ready -> ready.rollUp(event == null ? Map.of() : event, context));
  }
}
