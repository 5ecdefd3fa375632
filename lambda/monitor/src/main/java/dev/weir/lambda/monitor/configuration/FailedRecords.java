// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The answer to an event of a stream. */
public final class FailedRecords {

  private static final JsonFactory JSON = new JsonFactory();

  private FailedRecords() {}

  /**
   * Names the records that failed.
   *
   * @throws IllegalArgumentException where a bad record can't be named: the batch then fails as a
   *     whole, and is halved until the record is alone
   */
  public static byte[] answer(StreamChanges.Result result) {
    if (result.unreportable() > 0) {
      throw new IllegalArgumentException(
          "%d records have no SequenceNumber to report them by; all others were done"
              .formatted(result.unreportable()));
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("batchItemFailures");
      for (String sequence : result.failed()) {
        json.writeStartObject();
        json.writeStringProperty("itemIdentifier", sequence);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString().getBytes(UTF_8);
  }
}
