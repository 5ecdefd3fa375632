// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.weir.lambda.monitor.log.FunctionLog;
import java.util.Map;

/**
 * Each minute: delivers the notices that wait, and tells Alertmanagers what is open. Whatever the
 * event holds; answers with counts.
 */
public final class NoticeHandler implements RequestHandler<Map<String, Object>, Map<String, Long>> {

  private final OpenedFunctions functions;

  /** As Lambda makes it. */
  public NoticeHandler() {
    this(OpenedFunctions.ofThisFunction());
  }

  NoticeHandler(OpenedFunctions functions) {
    this.functions = functions;
  }

  @Override
  public Map<String, Long> handleRequest(Map<String, Object> event, Context context) {
    return FunctionLog.during(context, () -> functions.get().deliver(context));
  }
}
