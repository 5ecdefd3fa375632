// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import dev.weir.model.Measure;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Values as records write them: texts, each with a type. What is no value gives nothing. */
final class MeasureText {

  private static final int VARCHAR_BYTES_MAX = 2_048;

  private MeasureText() {}

  /** A value of a single type other than MULTI, or null where the text is none of that type. */
  static @Nullable Measure single(String type, String text, TimeUnits unit) {
    return switch (type) {
      case "DOUBLE" -> {
        OptionalDouble number = decimal(text);
        yield number.isPresent() ? new Measure.OfDouble(number.getAsDouble()) : null;
      }
      case "BIGINT" -> {
        OptionalLong number = integer(text);
        yield number.isPresent() ? new Measure.OfBigint(number.getAsLong()) : null;
      }
      case "BOOLEAN" -> {
        boolean yes = text.equalsIgnoreCase("true");
        yield yes || text.equalsIgnoreCase("false") ? new Measure.OfBoolean(yes) : null;
      }
      case "VARCHAR" -> fits(text) ? new Measure.OfVarchar(text) : null;
      case "TIMESTAMP" -> {
        long nanos = unit.epochNanos(text);
        yield nanos < 0 ? null : new Measure.OfTimestamp(nanos);
      }
      default -> null;
    };
  }

  /** A finite number in decimal digits, with or without point and exponent. */
  static OptionalDouble decimal(String text) {
    int at = sign(text);
    int digits = 0;
    int from = at;
    at = skipDigits(text, at);
    digits += at - from;
    if (at < text.length() && text.charAt(at) == '.') {
      from = ++at;
      at = skipDigits(text, at);
      digits += at - from;
    }
    if (digits == 0) {
      return OptionalDouble.empty();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      from = at + 1 < text.length() && isSign(text.charAt(at + 1)) ? at + 2 : at + 1;
      at = skipDigits(text, from);
      if (at == from) {
        return OptionalDouble.empty();
      }
    }
    if (at < text.length()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** A signed integer of 64 bits, in the digits 0 to 9: Java would take those of other scripts. */
  static OptionalLong integer(String text) {
    int digits = sign(text);
    if (skipDigits(text, digits) != text.length()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  private static boolean fits(String text) {
    return text.length() * 3 <= VARCHAR_BYTES_MAX
        || text.getBytes(StandardCharsets.UTF_8).length <= VARCHAR_BYTES_MAX;
  }

  private static int sign(String text) {
    return !text.isEmpty() && isSign(text.charAt(0)) ? 1 : 0;
  }

  private static boolean isSign(char character) {
    return character == '-' || character == '+';
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
