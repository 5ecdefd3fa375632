// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.lambda.monitor.tick.TickFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Plans checks below a minute: a tick of a shard, answered with counts. It plans a minute ahead, so
 * its own start need not be quick.
 */
public final class TickHandler implements RequestStreamHandler {

  final Opened<TickFunction> function;

  /** As Lambda makes it. */
  public TickHandler() {
    this(System.getenv());
    function.begin();
  }

  TickHandler(Map<String, String> environment) {
    this.function = new Opened<>(environment, TickFunction::of, () -> Rehearsals.tick(environment));
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
