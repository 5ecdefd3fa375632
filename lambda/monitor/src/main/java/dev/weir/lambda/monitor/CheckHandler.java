// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.lambda.monitor.run.CheckFunction;
import dev.weir.lambda.monitor.run.CheckRehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Runs checks: an order from a schedule or a rule, answered {@code null}, or orders in messages of
 * SQS, answered with those that failed. Lambda makes one for each instance and calls it for one
 * invocation at a time.
 */
public final class CheckHandler implements RequestStreamHandler {

  final Opened<CheckFunction> function;

  /** As Lambda makes it: what would make the first measurement slow is done before it. */
  public CheckHandler() {
    this(System.getenv());
    function.begin();
    CheckRehearsal.once();
  }

  CheckHandler(Map<String, String> environment) {
    this.function = new Opened<>(environment, CheckFunction::of, CheckRehearsal::run);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    function.answer(
        event,
        answer,
        context,
        (ready, text, remaining) -> ready.handle(text, context.getAwsRequestId(), remaining));
  }
}
