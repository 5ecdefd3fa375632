// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.lambda.monitor.tick.TickFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
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
    String text = new String(event.readAllBytes(), UTF_8);
    String answered =
        function.during(
            context,
            ready ->
                ready.handle(
                    text,
                    context.getAwsRequestId(),
                    Duration.ofMillis(context.getRemainingTimeInMillis())));
    answer.write(answered.getBytes(UTF_8));
  }
}
