// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.lambda.monitor.result.ResultFunctions;
import dev.weir.lambda.monitor.result.ResultRehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Takes a batch of slot reports from the queue of results: records into Timestream, incidents into
 * documents. Answers with the messages that are not done.
 */
public final class WriterHandler implements RequestStreamHandler {

  private final Opened<ResultFunctions> functions;

  /** As Lambda makes it. */
  public WriterHandler() {
    this(System.getenv());
    functions.begin();
  }

  WriterHandler(Map<String, String> environment) {
    this.functions = new Opened<>(environment, ResultFunctions::of, ResultRehearsal::run);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    functions.answer(event, answer, context, (ready, text, _) -> ready.write(text, context));
  }
}
