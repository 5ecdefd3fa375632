// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.QueryRequest;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the requests of Query and CancelQuery (AWS API reference). Thread-safe. */
final class QueryBodies {

  /** Rows in a page at most (AWS API reference, "Query"). */
  static final int ROWS_MAX = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  private final RandomGenerator random;

  QueryBodies(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A new query, or one that goes on. A new one has a token of its own, so that it runs once
   * however often the call is made.
   */
  byte[] query(QueryRequest request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(request.text().length() + 256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("QueryString", request.text());
      String token = request.resumeToken();
      if (token == null) {
        json.writeStringProperty("ClientToken", clientToken());
      } else {
        json.writeStringProperty("NextToken", token);
      }
      if (request.rowsMax() > 0) {
        json.writeNumberProperty("MaxRows", Math.min(request.rowsMax(), ROWS_MAX));
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  static byte[] cancel(String queryId) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("QueryId", queryId);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /** 32 characters, the fewest that Timestream takes. */
  private String clientToken() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
