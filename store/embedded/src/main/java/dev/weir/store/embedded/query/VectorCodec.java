// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.ByteSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns as bytes, for pages that wait in a file. */
final class VectorCodec {

  private VectorCodec() {}

  static void write(ByteSink sink, ColumnVector vector) {
    switch (vector) {
      case ColumnVector.Longs longs -> {
        sink.putByte(1);
        putLongs(sink, longs.values());
        putNulls(sink, longs.nulls());
      }
      case ColumnVector.Doubles doubles -> {
        sink.putByte(2);
        sink.putVarint(doubles.values().length);
        for (double value : doubles.values()) {
          sink.putLong(Double.doubleToRawLongBits(value));
        }
        putNulls(sink, doubles.nulls());
      }
      case ColumnVector.Booleans booleans -> {
        sink.putByte(3);
        sink.putVarint(booleans.values().length);
        for (boolean value : booleans.values()) {
          sink.putByte(value ? 1 : 0);
        }
        putNulls(sink, booleans.nulls());
      }
      case ColumnVector.Strings strings -> {
        sink.putByte(4);
        putInts(sink, strings.codes());
        sink.putVarint(strings.dictionary().length);
        for (String value : strings.dictionary()) {
          sink.putString(value);
        }
      }
      case ColumnVector.Arrays arrays -> {
        sink.putByte(5);
        putInts(sink, arrays.offsets());
        write(sink, arrays.elements());
        putNulls(sink, arrays.nulls());
      }
      case ColumnVector.Rows rows -> {
        sink.putByte(6);
        sink.putVarint(rows.size());
        sink.putVarint(rows.fields().size());
        rows.fields().forEach(field -> write(sink, field));
        putNulls(sink, rows.nulls());
      }
      case ColumnVector.TimeSeries series -> {
        sink.putByte(7);
        putInts(sink, series.offsets());
        putLongs(sink, series.epochNanos());
        write(sink, series.values());
        putNulls(sink, series.nulls());
      }
      case ColumnVector.AllNull allNull -> {
        sink.putByte(8);
        sink.putVarint(allNull.size());
      }
    }
  }

  static ColumnVector read(ByteSource source) {
    return switch (source.getByte()) {
      case 1 -> new ColumnVector.Longs(getLongs(source), getNulls(source));
      case 2 -> {
        double[] values = new double[source.getInt()];
        for (int i = 0; i < values.length; i++) {
          values[i] = Double.longBitsToDouble(source.getLong());
        }
        yield new ColumnVector.Doubles(values, getNulls(source));
      }
      case 3 -> {
        boolean[] values = new boolean[source.getInt()];
        for (int i = 0; i < values.length; i++) {
          values[i] = source.getByte() != 0;
        }
        yield new ColumnVector.Booleans(values, getNulls(source));
      }
      case 4 -> {
        int[] codes = getInts(source);
        String[] dictionary = new String[source.getInt()];
        for (int i = 0; i < dictionary.length; i++) {
          dictionary[i] = source.getString();
        }
        yield new ColumnVector.Strings(codes, dictionary);
      }
      case 5 -> new ColumnVector.Arrays(getInts(source), read(source), getNulls(source));
      case 6 -> {
        int size = source.getInt();
        int count = source.getInt();
        List<ColumnVector> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          fields.add(read(source));
        }
        yield new ColumnVector.Rows(fields, size, getNulls(source));
      }
      case 7 ->
          new ColumnVector.TimeSeries(
              getInts(source), getLongs(source), read(source), getNulls(source));
      case 8 -> new ColumnVector.AllNull(source.getInt());
      default -> throw new IllegalStateException("unknown column in a spooled page");
    };
  }

  private static void putLongs(ByteSink sink, long[] values) {
    sink.putVarint(values.length);
    for (long value : values) {
      sink.putLong(value);
    }
  }

  private static long[] getLongs(ByteSource source) {
    long[] values = new long[source.getInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.getLong();
    }
    return values;
  }

  private static void putInts(ByteSink sink, int[] values) {
    sink.putVarint(values.length);
    for (int value : values) {
      sink.putZigzag(value);
    }
  }

  private static int[] getInts(ByteSource source) {
    int[] values = new int[source.getInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) source.getZigzag();
    }
    return values;
  }

  private static void putNulls(ByteSink sink, @Nullable BitSet nulls) {
    long[] words = nulls == null ? new long[0] : nulls.toLongArray();
    putLongs(sink, words);
  }

  private static @Nullable BitSet getNulls(ByteSource source) {
    long[] words = getLongs(source);
    return words.length == 0 ? null : BitSet.valueOf(words);
  }
}
