// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.ArrayOf;
import dev.weir.query.ValueType.Field;
import dev.weir.query.ValueType.RowOf;
import dev.weir.query.ValueType.Scalar;
import dev.weir.query.ValueType.TimeSeriesOf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the names and types of columns. Not thread-safe. */
final class TypeReader {

  /** How deep types nest; SHOW MEASURES has rows in arrays, which is two. */
  static final int DEPTH_MAX = 16;

  /** Columns and fields together. Timestream's results have at most 100 KB of names and types. */
  static final int FIELDS_MAX = 10_000;

  private final JsonParser json;
  private int depth;
  private int fields;

  TypeReader(JsonParser json) {
    this.json = json;
  }

  /** Takes the list whose opening bracket the parser stands at. */
  List<Field> columns() {
    Unexpected.unless(json.currentToken(), JsonToken.START_ARRAY);
    List<Field> columns = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      columns.add(column());
    }
    Unexpected.unless(json.currentToken(), JsonToken.END_ARRAY);
    return columns;
  }

  /** {@code {"Name": text, "Type": type}}; the parts of arrays and time series have no name. */
  private Field column() {
    if (++fields > FIELDS_MAX) {
      throw Unreadable.answer("it has more than %,d columns and fields".formatted(FIELDS_MAX));
    }
    String name = null;
    ValueType type = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String member = json.currentName();
      JsonToken token = json.nextToken();
      if (member.equals("Name") && token == JsonToken.VALUE_STRING) {
        name = json.getString();
      } else if (member.equals("Type") && token == JsonToken.START_OBJECT) {
        type = type();
      } else {
        json.skipChildren();
      }
    }
    if (type == null) {
      throw Unreadable.answer("column %s has no type".formatted(name));
    }
    return new Field(name, type);
  }

  private ValueType type() {
    if (++depth > DEPTH_MAX) {
      throw Unreadable.answer("types nest deeper than " + DEPTH_MAX);
    }
    ValueType type = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String member = json.currentName();
      JsonToken token = json.nextToken();
      ValueType found = token == JsonToken.VALUE_NULL ? null : type(member);
      if (found == null) {
        json.skipChildren();
      } else {
        type = found;
      }
    }
    depth--;
    if (type == null) {
      throw Unreadable.answer("a type is of no kind that this version knows");
    }
    return type;
  }

  private @Nullable ValueType type(String member) {
    return switch (member) {
      case "ScalarType" -> scalar(json.getString());
      case "ArrayColumnInfo" -> new ArrayOf(part());
      case "TimeSeriesMeasureValueColumnInfo" -> new TimeSeriesOf(part());
      case "RowColumnInfo" -> {
        List<Field> columns = columns();
        // Some writers say what a type is not by an empty list.
        yield columns.isEmpty() ? null : new RowOf(columns);
      }
      default -> null;
    };
  }

  private ValueType part() {
    Unexpected.unless(json.currentToken(), JsonToken.START_OBJECT);
    return column().type();
  }

  private static Scalar scalar(String name) {
    try {
      return Scalar.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw Unreadable.answer(
          "it has a column of type %s, which this version does not know".formatted(name), e);
    }
  }
}
