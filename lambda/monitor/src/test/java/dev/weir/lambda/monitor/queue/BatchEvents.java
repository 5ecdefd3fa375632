// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Batches of messages as Lambda brings them. */
public final class BatchEvents {

  private BatchEvents() {}

  /** With these bodies, by the messages' ids. */
  public static String of(Map<String, String> messages) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("Records");
      messages.forEach((id, body) -> {
        json.writeStartObject();
        json.writeStringProperty("messageId", id);
        json.writeStringProperty("body", body);
        json.writeStringProperty("eventSource", "aws:sqs");
        json.writeEndObject();
      });
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }
}
