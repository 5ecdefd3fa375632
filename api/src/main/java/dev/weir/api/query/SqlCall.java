// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.QueryParameters;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What {@code POST /api/v1/sql} is given.
 *
 * @param id the caller's name for the query, or null for one of ours
 * @param rowsMax of the page
 * @param next of the page before, or null for the first
 * @param time how long the call may take
 */
record SqlCall(String sql, @Nullable String id, int rowsMax, @Nullable String next, Duration time) {

  /** UTF-8 bytes of a text: the Query API's own limit, and the parser's. */
  static final int TEXT_BYTES_MAX = 262_144;

  /** A text in JSON may have six bytes for one of its own ({@code \u0001}). */
  static final int BODY_BYTES_MAX = 6 * TEXT_BYTES_MAX + 4_096;

  static final int ROWS_STANDARD = 1_000;
  static final int ROWS_MAX = 10_000;
  static final Duration TIME_STANDARD = Duration.ofSeconds(60);
  static final Duration TIME_MAX = Duration.ofMinutes(5);

  private static final int NEXT_CHARACTERS_MAX = 200;
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9]{1,64}");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxStringLength(BODY_BYTES_MAX)
                  .build())
          .build();

  /** Reads a body. */
  static SqlCall read(byte[] body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      return new Reader(json).read();
    } catch (JacksonException e) {
      throw QueryParameters.refusal(
          "the body is not JSON: line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  private static final class Reader {

    private final JsonParser json;
    private @Nullable String sql;
    private @Nullable String id;
    private @Nullable String next;
    private int limit = ROWS_STANDARD;
    private int seconds = (int) TIME_STANDARD.toSeconds();

    Reader(JsonParser json) {
      this.json = json;
    }

    SqlCall read() {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw QueryParameters.refusal("the body is an object: {\"sql\":\"SELECT …\"}");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "sql" -> sql = text(name);
          case "id" -> id = text(name);
          case "next" -> next = text(name);
          case "limit" -> limit = whole(name, ROWS_MAX);
          case "timeout_s" -> seconds = whole(name, (int) TIME_MAX.toSeconds());
          default ->
              throw QueryParameters.refusal(
                  "there is no field '%s'; known are sql, id, limit, next, timeout_s"
                      .formatted(QueryParameters.shown(name)));
        }
      }
      if (json.nextToken() != null) {
        throw QueryParameters.refusal("something follows the object in the body");
      }
      if (sql == null || sql.isBlank()) {
        throw QueryParameters.refusal("sql is missing: the statement to run");
      }
      if (id != null && !ID.matcher(id).matches()) {
        throw QueryParameters.refusal("id has 1 to 64 letters and digits");
      }
      if (next != null && next.length() > NEXT_CHARACTERS_MAX) {
        throw QueryParameters.refusal("next is the next of a page");
      }
      return new SqlCall(sql, id, limit, next, Duration.ofSeconds(seconds));
    }

    private @Nullable String text(String name) {
      return switch (json.currentToken()) {
        case VALUE_STRING -> json.getString();
        case VALUE_NULL -> null;
        case null, default -> throw QueryParameters.refusal(name + " is a text");
      };
    }

    private int whole(String name, int max) {
      if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        try {
          int value = json.getIntValue();
          if (value >= 1 && value <= max) {
            return value;
          }
        } catch (JacksonException _) {
          // too large, told below
        }
      }
      throw QueryParameters.refusal("%s is a whole number from 1 to %d".formatted(name, max));
    }
  }
}
