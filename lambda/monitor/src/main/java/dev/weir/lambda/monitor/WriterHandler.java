// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.weir.lambda.monitor.result.ResultFunctions;
import dev.weir.lambda.monitor.result.ResultRehearsal;
import java.util.Map;

/**
 * Takes a batch of slot reports from the queue of results: records into Timestream, incidents into
 * documents. Answers with the messages that are not done.
 */
public final class WriterHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

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
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return functions.during(context, ready -> ready.write(event, context));
  }
}
