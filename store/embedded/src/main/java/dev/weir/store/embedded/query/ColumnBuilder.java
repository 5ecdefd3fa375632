// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBReadableVector;

/**
 * Collects the values of one scalar column from the engine's vectors, a page at a time. What the
 * engine calls a number may be narrower or wider than our type of it; it is never cut silently.
 */
abstract sealed class ColumnBuilder {

  static ColumnBuilder of(Scalar type) {
    return switch (type) {
      case VARCHAR -> new OfStrings();
      case BOOLEAN -> new OfBooleans();
      case DOUBLE -> new OfDoubles();
      case UNKNOWN -> new OfNulls();
      case BIGINT, INTEGER, TIMESTAMP, DATE, TIME, INTERVAL_DAY_TO_SECOND, INTERVAL_YEAR_TO_MONTH ->
          new OfLongs();
    };
  }

  /** Adds the value of a row; returns about how many bytes it takes. */
  abstract int add(DuckDBReadableVector vector, long row);

  /** The column of what was added since the last call. */
  abstract ColumnVector take();

  private static final class OfLongs extends ColumnBuilder {
    private long[] values = new long[1_024];
    private BitSet nulls = new BitSet();
    private int size;

    @Override
    int add(DuckDBReadableVector vector, long row) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      if (vector.isNull(row)) {
        nulls.set(size);
        values[size++] = 0;
      } else {
        values[size++] = read(vector, row);
      }
      return Long.BYTES;
    }

    @Override
    ColumnVector take() {
      ColumnVector column =
          new ColumnVector.Longs(Arrays.copyOf(values, size), nulls.isEmpty() ? null : nulls);
      nulls = new BitSet();
      size = 0;
      return column;
    }

    private static long read(DuckDBReadableVector vector, long row) {
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

    private static long exact(BigInteger value) {
      if (value.bitLength() > 63) {
        throw new StoreException(Kind.BAD_REQUEST, "Value " + value + " exceeds BIGINT");
      }
      return value.longValue();
    }
  }

  private static final class OfDoubles extends ColumnBuilder {
    private double[] values = new double[1_024];
    private BitSet nulls = new BitSet();
    private int size;

    @Override
    int add(DuckDBReadableVector vector, long row) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      if (vector.isNull(row)) {
        nulls.set(size);
        values[size++] = 0;
      } else {
        values[size++] = read(vector, row);
      }
      return Double.BYTES;
    }

    @Override
    ColumnVector take() {
      ColumnVector column =
          new ColumnVector.Doubles(Arrays.copyOf(values, size), nulls.isEmpty() ? null : nulls);
      nulls = new BitSet();
      size = 0;
      return column;
    }

    private static double read(DuckDBReadableVector vector, long row) {
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
  }

  private static final class OfBooleans extends ColumnBuilder {
    private boolean[] values = new boolean[1_024];
    private BitSet nulls = new BitSet();
    private int size;

    @Override
    int add(DuckDBReadableVector vector, long row) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      boolean none = vector.isNull(row);
      nulls.set(size, none);
      values[size++] = !none && vector.getBoolean(row);
      return 1;
    }

    @Override
    ColumnVector take() {
      ColumnVector column =
          new ColumnVector.Booleans(Arrays.copyOf(values, size), nulls.isEmpty() ? null : nulls);
      nulls = new BitSet();
      size = 0;
      return column;
    }
  }

  private static final class OfStrings extends ColumnBuilder {
    private int[] codes = new int[1_024];
    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> dictionary = new ArrayList<>();
    private int size;

    @Override
    int add(DuckDBReadableVector vector, long row) {
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, size * 2);
      }
      if (vector.isNull(row)) {
        codes[size++] = -1;
        return 1;
      }
      String value = vector.getString(row);
      Integer code = known.get(value);
      if (code == null) {
        code = dictionary.size();
        known.put(value, code);
        dictionary.add(value);
      }
      codes[size++] = code;
      return value.length();
    }

    @Override
    ColumnVector take() {
      ColumnVector column =
          new ColumnVector.Strings(Arrays.copyOf(codes, size), dictionary.toArray(String[]::new));
      known.clear();
      dictionary.clear();
      size = 0;
      return column;
    }
  }

  private static final class OfNulls extends ColumnBuilder {
    private int size;

    @Override
    int add(DuckDBReadableVector vector, long row) {
      size++;
      return 1;
    }

    @Override
    ColumnVector take() {
      ColumnVector column = new ColumnVector.AllNull(size);
      size = 0;
      return column;
    }
  }

  private static IllegalStateException unread(DuckDBReadableVector vector) {
    return new IllegalStateException("no number is read from " + vector.getType());
  }
}
