// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ResultPage;
import dev.weir.query.ValueType.Field;
import dev.weir.store.QueryPage;
import dev.weir.store.timestream.query.AnswerOutline.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Turns the answer of a Query call into a page: rows of Datums into typed columns. */
final class PageReader {

  /** Each level of a type is three of brackets; what is passed over may nest somewhat deeper. */
  private static final int BRACKETS_MAX = 4 * TypeReader.DEPTH_MAX;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(BRACKETS_MAX)
                  .maxStringLength(AnswerOutline.BYTES_MAX)
                  .build())
          .build();

  private PageReader() {}

  /** All of the answer, of which two parts are known already. */
  static QueryPage page(AnswerOutline answer, String queryId, @Nullable String nextToken) {
    return new QueryPage(queryId, result(answer), nextToken, scannedBytes(answer));
  }

  /** The id under which the query can be cancelled. */
  static String queryId(AnswerOutline answer) {
    return read(answer, present(answer.queryId(), "QueryId"), PageReader::text);
  }

  /** What to ask the next page with, or null where this is the last. */
  static @Nullable String nextToken(AnswerOutline answer) {
    return answer.nextToken() == null ? null : read(answer, answer.nextToken(), PageReader::text);
  }

  static ResultPage result(AnswerOutline answer) {
    Part infos = present(answer.columnInfo(), "ColumnInfo");
    List<Field> fields = read(answer, infos, json -> new TypeReader(json).columns());
    CellCount cells = new CellCount();
    List<ColumnReader> readers =
        fields.stream().map(field -> ColumnReader.of(field.type(), cells)).toList();
    int rows = read(answer, present(answer.rows(), "Rows"), json -> rows(json, readers));
    List<ResultPage.Column> columns = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      columns.add(
          new ResultPage.Column(
              String.valueOf(field.name()), field.type(), readers.get(i).column()));
    }
    return new ResultPage(columns, rows);
  }

  private static int rows(JsonParser json, List<ColumnReader> readers) {
    Unexpected.unless(json.currentToken(), JsonToken.START_ARRAY);
    int rows = 0;
    JsonToken token = json.nextToken();
    for (; token == JsonToken.START_OBJECT; token = json.nextToken()) {
      RowReader.read(json, token, readers);
      rows++;
    }
    Unexpected.unless(token, JsonToken.END_ARRAY);
    return rows;
  }

  private static long scannedBytes(AnswerOutline answer) {
    return answer.queryStatus() == null
        ? 0
        : read(answer, answer.queryStatus(), PageReader::scannedBytes);
  }

  private static long scannedBytes(JsonParser json) {
    Unexpected.unless(json.currentToken(), JsonToken.START_OBJECT);
    long bytes = 0;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isScanned = json.currentName().equals("CumulativeBytesScanned");
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && isScanned) {
        bytes = json.getLongValue();
      } else {
        json.skipChildren();
      }
    }
    return bytes;
  }

  private static String text(JsonParser json) {
    Unexpected.unless(json.currentToken(), JsonToken.VALUE_STRING);
    return json.getString();
  }

  private static Part present(@Nullable Part part, String name) {
    if (part == null) {
      throw Unreadable.answer("it has no " + name);
    }
    return part;
  }

  /** Reads a part; the parser stands at its first token. */
  private static <T> T read(AnswerOutline answer, Part part, Function<JsonParser, T> reader) {
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), answer.body(), part.from(), part.length())) {
      json.nextToken();
      return reader.apply(json);
    } catch (JacksonException e) {
      throw Unreadable.answer(e.getOriginalMessage(), e);
    }
  }
}
