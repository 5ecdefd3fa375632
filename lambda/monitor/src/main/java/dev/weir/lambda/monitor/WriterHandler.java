// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.weir.lambda.monitor.log.FunctionLog;

/**
 * Takes a batch of slot reports from the queue of results: records into Timestream, incidents into
 * documents. Answers with the messages that are not done.
 */
public final class WriterHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private final OpenedFunctions functions;

  /** As Lambda makes it. */
  public WriterHandler() {
    this(OpenedFunctions.ofThisFunction());
  }

  WriterHandler(OpenedFunctions functions) {
    this.functions = functions;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return FunctionLog.during(context, () -> functions.get().write(event, context));
  }
}
