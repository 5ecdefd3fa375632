// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.duckdb.DuckDBReadableVector;

/**
 * Reads one column of a result from the engine's vectors, a page at a time. What the engine calls a
 * number may be narrower or wider than our type of it; it is never cut silently. Nested values come
 * as {@link NestedText}.
 */
sealed interface ColumnReader {

  static ColumnReader of(ValueType type) {
    return type instanceof Scalar scalar
        ? new OfScalar(ColumnValues.of(scalar))
        : new OfNested(NestedValues.of(type));
  }

  /** Adds the value of a row; returns about how many bytes it takes. */
  int add(DuckDBReadableVector vector, long row);

  /** The column of what was added since the last call. */
  ColumnVector take();

  /** A column without parts. */
  record OfScalar(ColumnValues values) implements ColumnReader {

    @Override
    public int add(DuckDBReadableVector vector, long row) {
      if (vector.isNull(row)) {
        values.addNull();
        return 1;
      }
      switch (values) {
        case ColumnValues.OfLongs longs -> longs.add(number(vector, row));
        case ColumnValues.OfDoubles doubles -> doubles.add(real(vector, row));
        case ColumnValues.OfBooleans booleans -> booleans.add(vector.getBoolean(row));
        case ColumnValues.OfStrings strings -> {
          String text = vector.getString(row);
          strings.add(text);
          return text.length();
        }
        default -> throw new IllegalStateException("a value of a column that has none");
      }
      return Long.BYTES;
    }

    @Override
    public ColumnVector take() {
      return values.take();
    }

    private static long number(DuckDBReadableVector vector, long row) {
      return switch (vector.getType()) {
        case BIGINT -> vector.getLong(row);
        case INTEGER -> vector.getInt(row);
        case SMALLINT -> vector.getShort(row);
        case TINYINT -> vector.getByte(row);
        case UTINYINT -> vector.getUint8(row);
        case USMALLINT -> vector.getUint16(row);
        case UINTEGER -> vector.getUint32(row);
        case UBIGINT -> exact(vector.getUint64(row));
        case HUGEINT -> exact(vector.getHugeInt(row));
        case DECIMAL -> exact(vector.getBigDecimal(row).toBigInteger());
        default -> throw unread(vector);
      };
    }

    private static double real(DuckDBReadableVector vector, long row) {
      return switch (vector.getType()) {
        case DOUBLE -> vector.getDouble(row);
        case FLOAT -> vector.getFloat(row);
        case BIGINT -> vector.getLong(row);
        case INTEGER -> vector.getInt(row);
        case HUGEINT -> new BigDecimal(vector.getHugeInt(row)).doubleValue();
        case DECIMAL -> vector.getBigDecimal(row).doubleValue();
        default -> throw unread(vector);
      };
    }

    private static long exact(BigInteger value) {
      if (value.bitLength() > 63) {
        throw new StoreException(Kind.BAD_REQUEST, "Value " + value + " exceeds BIGINT");
      }
      return value.longValue();
    }

    private static IllegalStateException unread(DuckDBReadableVector vector) {
      return new IllegalStateException("no number is read from " + vector.getType());
    }
  }

  /** An array, a row or a time series. */
  record OfNested(NestedValues values) implements ColumnReader {

    @Override
    public int add(DuckDBReadableVector vector, long row) {
      String text = vector.getString(row);
      values.read(new NestedText.Cursor(text));
      return text.length();
    }

    @Override
    public ColumnVector take() {
      return values.take();
    }
  }
}
