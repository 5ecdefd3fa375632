// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType.Scalar;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Values without parts. They are strings on the wire; a bare number or truth, as stand-ins for
 * Timestream write them, is read by its text too.
 */
abstract sealed class ScalarReader extends ColumnReader {

  private static final int FIRST_SIZE = 64;

  private ScalarReader() {
    super("ScalarValue");
  }

  static ScalarReader of(Scalar type) {
    return switch (type) {
      case VARCHAR -> new OfTexts();
      case BOOLEAN -> new OfTruths();
      case DOUBLE -> new OfDoubles();
      case UNKNOWN -> new OfNothing();
      case BIGINT, INTEGER, TIMESTAMP, DATE, TIME, INTERVAL_DAY_TO_SECOND, INTERVAL_YEAR_TO_MONTH ->
          new OfNumbers(type);
    };
  }

  @Override
  final void value(JsonParser json, JsonToken token) {
    if (!token.isScalarValue()) {
      throw Unreadable.answer("a ScalarValue is no string");
    }
    char[] text = json.getStringCharacters();
    text(size(), text, json.getStringOffset(), json.getStringLength());
  }

  /** Takes value number {@code index}. */
  abstract void text(int index, char[] text, int from, int length);

  private static final class OfNumbers extends ScalarReader {
    private final Scalar type;
    private long[] numbers = new long[FIRST_SIZE];

    OfNumbers(Scalar type) {
      this.type = type;
    }

    @Override
    void text(int index, char[] text, int from, int length) {
      put(index, ScalarText.number(type, text, from, length));
    }

    @Override
    void nothing() {
      put(size(), 0);
    }

    private void put(int index, long number) {
      if (index == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * index);
      }
      numbers[index] = number;
    }

    @Override
    ColumnVector column() {
      return new ColumnVector.Longs(Arrays.copyOf(numbers, size()), nulls());
    }
  }

  private static final class OfDoubles extends ScalarReader {
    private double[] numbers = new double[FIRST_SIZE];

    @Override
    void text(int index, char[] text, int from, int length) {
      put(index, ScalarText.decimal(text, from, length));
    }

    @Override
    void nothing() {
      put(size(), 0);
    }

    private void put(int index, double number) {
      if (index == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * index);
      }
      numbers[index] = number;
    }

    @Override
    ColumnVector column() {
      return new ColumnVector.Doubles(Arrays.copyOf(numbers, size()), nulls());
    }
  }

  private static final class OfTruths extends ScalarReader {
    private boolean[] truths = new boolean[FIRST_SIZE];

    @Override
    void text(int index, char[] text, int from, int length) {
      put(index, ScalarText.truth(text, from, length));
    }

    @Override
    void nothing() {
      put(size(), false);
    }

    private void put(int index, boolean truth) {
      if (index == truths.length) {
        truths = Arrays.copyOf(truths, 2 * index);
      }
      truths[index] = truth;
    }

    @Override
    ColumnVector column() {
      return new ColumnVector.Booleans(Arrays.copyOf(truths, size()), nulls());
    }
  }

  private static final class OfTexts extends ScalarReader {
    private final TextCodes texts = new TextCodes();
    private int[] codes = new int[FIRST_SIZE];

    @Override
    void text(int index, char[] text, int from, int length) {
      put(index, texts.of(text, from, length));
    }

    @Override
    void nothing() {
      put(size(), -1);
    }

    private void put(int index, int code) {
      if (index == codes.length) {
        codes = Arrays.copyOf(codes, 2 * index);
      }
      codes[index] = code;
    }

    @Override
    ColumnVector column() {
      return new ColumnVector.Strings(Arrays.copyOf(codes, size()), texts.dictionary());
    }
  }

  /** The type of a bare NULL has no values. */
  private static final class OfNothing extends ScalarReader {
    @Override
    void text(int index, char[] text, int from, int length) {
      throw Unreadable.answer(
          "\"%s\" in a column of NULLs".formatted(new String(text, from, length)));
    }

    @Override
    void nothing() {}

    @Override
    ColumnVector column() {
      return new ColumnVector.AllNull(size());
    }
  }
}
