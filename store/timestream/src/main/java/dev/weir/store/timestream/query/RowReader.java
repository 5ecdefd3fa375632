// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a row, of a page or inside of a value: {@code {"Data": [Datum, …]}}. */
final class RowReader {

  private RowReader() {}

  /** Takes the row whose opening bracket the parser stands at; leaves it at the closing one. */
  static void read(JsonParser json, JsonToken token, List<ColumnReader> columns) {
    Unexpected.unless(token, JsonToken.START_OBJECT);
    boolean done = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isData = json.currentName().equals("Data");
      JsonToken value = json.nextToken();
      if (!isData) {
        json.skipChildren();
        continue;
      }
      Unexpected.unless(value, JsonToken.START_ARRAY);
      if (done) {
        throw Unreadable.answer("a row has two Data");
      }
      done = true;
      cells(json, columns);
    }
    if (!done) {
      throw Unreadable.answer("a row has no Data");
    }
  }

  private static void cells(JsonParser json, List<ColumnReader> columns) {
    for (int i = 0; i < columns.size(); i++) {
      json.nextToken();
      columns.get(i).read(json);
    }
    if (json.nextToken() != JsonToken.END_ARRAY) {
      throw Unreadable.answer("a row has more cells than the %d columns".formatted(columns.size()));
    }
  }
}
