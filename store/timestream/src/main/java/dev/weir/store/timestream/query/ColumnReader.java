// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.ArrayOf;
import dev.weir.query.ValueType.RowOf;
import dev.weir.query.ValueType.Scalar;
import dev.weir.query.ValueType.TimeSeriesOf;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Collects the values of a column from the Datums of an answer, one after the other. A Datum is an
 * object with one member: the value of the kind that the column's type says, or {@code NullValue}.
 * Members that nobody knows are passed over; a Datum without a value is refused, since guessing
 * would make a value of nothing. Not thread-safe.
 */
abstract sealed class ColumnReader
    permits ScalarReader, NestedReader.OfArrays, NestedReader.OfRows, NestedReader.OfTimeSeries {

  /** What the member with the value is called. */
  private final String member;

  private int size;
  private @Nullable BitSet nulls;

  ColumnReader(String member) {
    this.member = member;
  }

  static ColumnReader of(ValueType type, CellCount cells) {
    return switch (type) {
      case Scalar scalar -> ScalarReader.of(scalar);
      case ArrayOf(ValueType element) -> new NestedReader.OfArrays(of(element, cells));
      case RowOf row ->
          new NestedReader.OfRows(
              row.fields().stream().map(field -> of(field.type(), cells)).toList(), cells);
      case TimeSeriesOf(ValueType value) -> new NestedReader.OfTimeSeries(of(value, cells));
    };
  }

  /** Takes the Datum whose opening bracket the parser stands at; leaves it at the closing one. */
  final void read(JsonParser json) {
    Unexpected.unless(json.currentToken(), JsonToken.START_OBJECT);
    boolean done = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      boolean isValue = name.equals(member);
      if (!isValue && !(name.equals("NullValue") && token == JsonToken.VALUE_TRUE)) {
        json.skipChildren();
        continue;
      }
      if (done) {
        throw Unreadable.answer("a Datum has two values");
      }
      done = true;
      if (isValue) {
        value(json, token);
        size++;
      } else {
        addNull();
      }
    }
    if (!done) {
      throw Unreadable.answer("a Datum has no " + member);
    }
  }

  /** Takes a NULL. */
  final void addNull() {
    if (nulls == null) {
      nulls = new BitSet();
    }
    nulls.set(size);
    nothing();
    size++;
  }

  /** Values taken so far. */
  final int size() {
    return size;
  }

  /** Which of them are NULL, or null where none is. */
  final @Nullable BitSet nulls() {
    return nulls;
  }

  /** Takes the value that the parser stands at, as number {@link #size()}; leaves it at its end. */
  abstract void value(JsonParser json, JsonToken token);

  /** Puts something where a NULL is. */
  abstract void nothing();

  /** All of it. */
  abstract ColumnVector column();
}
