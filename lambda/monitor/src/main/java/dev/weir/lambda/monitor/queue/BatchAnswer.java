// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import java.io.StringWriter;
import java.util.Collection;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What Lambda is answered to a batch of a queue or a stream. */
public final class BatchAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  private BatchAnswer() {}

  /**
   * The answer that has exactly these come again, or, of a stream, all from the first of them on.
   *
   * @param ids of messages, or sequence numbers of records
   * @return JSON
   */
  public static String failed(Collection<String> ids) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("batchItemFailures");
      for (String id : ids) {
        json.writeStartObject();
        json.writeStringProperty("itemIdentifier", id);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }
}
