// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.weir.lambda.monitor.result.ResultFunctions;
import dev.weir.lambda.monitor.result.ResultRehearsal;
import java.util.Map;

/**
 * Each minute: delivers the notices that wait, and tells Alertmanagers what is open. Whatever the
 * event holds; answers with counts.
 */
public final class NoticeHandler implements RequestHandler<Map<String, Object>, Map<String, Long>> {

  private final Opened<ResultFunctions> functions;

  /** As Lambda makes it. */
  public NoticeHandler() {
    this(System.getenv());
    functions.begin();
  }

  NoticeHandler(Map<String, String> environment) {
    this.functions = new Opened<>(environment, ResultFunctions::of, ResultRehearsal::run);
  }

  @Override
  public Map<String, Long> handleRequest(Map<String, Object> event, Context context) {
    return functions.during(context, ready -> ready.deliver(context));
  }
}
