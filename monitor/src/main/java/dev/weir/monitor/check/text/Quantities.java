// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, sizes and numbers as people write them. */
final class Quantities {

  private static final Pattern DURATION =
      Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h|d))+");
  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
  private static final int DURATION_LENGTH_MAX = 40;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB|GiB)?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private Quantities() {}

  /** {@code 10s}, {@code 1m30s}, {@code 500ms}, {@code 1.5s}. */
  static Duration duration(String text) {
    if (text.length() > DURATION_LENGTH_MAX || !DURATION.matcher(text).matches()) {
      String hint = DECIMAL.matcher(text).matches() ? "; did you mean " + text + "s?" : "";
      throw new IllegalArgumentException(
          "a duration is a number with a unit, such as 10s, 1m30s, 500ms or 1h, not '%s'%s"
              .formatted(shown(text), hint));
    }
    Duration sum = Duration.ZERO;
    Matcher part = DURATION_PART.matcher(text);
    while (part.find()) {
      BigDecimal unit =
          switch (part.group(2)) {
            case "ms" -> new BigDecimal("0.001");
            case "s" -> BigDecimal.ONE;
            case "m" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3_600);
            default -> BigDecimal.valueOf(86_400);
          };
      sum = sum.plus(seconds(new BigDecimal(part.group(1)).multiply(unit)));
    }
    return sum;
  }

  /** As {@link #duration} reads it, the same for the same duration. */
  static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.getNano() != 0) {
      return duration.getSeconds() == 0 && duration.getNano() % 1_000_000 == 0
          ? duration.toMillis() + "ms"
          : BigDecimal.valueOf(duration.getSeconds())
                  .add(BigDecimal.valueOf(duration.getNano(), 9))
                  .stripTrailingZeros()
                  .toPlainString()
              + "s";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    return text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }

  /** Decimal seconds, as the original's items have them. */
  static Duration decimalSeconds(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a number of seconds such as 2 or 0.5, not '%s'".formatted(shown(text)));
    }
    return seconds(new BigDecimal(text));
  }

  private static Duration seconds(BigDecimal seconds) {
    BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
    return Duration.ofSeconds(
        parts[0].longValueExact(),
        parts[1].multiply(NANOS).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /** {@code 1MiB}, {@code 64KiB}, or bytes. */
  static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "a size is bytes or a number with KiB or MiB, not '%s'".formatted(shown(text)));
    }
    String unit = size.group(2);
    long factor =
        unit == null
            ? 1
            : switch (unit) {
              case "KiB" -> 1L << 10;
              case "MiB" -> 1L << 20;
              case "GiB" -> 1L << 30;
              default -> 1;
            };
    return Long.parseLong(size.group(1)) * factor;
  }

  /** A whole number within these, both included. */
  static int number(String text, int from, int to) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a whole number from %d to %d, not '%s'".formatted(from, to, shown(text)));
    }
    long number = Long.parseLong(text);
    if (number < from || number > to) {
      throw new IllegalArgumentException("%d to %d, not %d".formatted(from, to, number));
    }
    return (int) number;
  }

  /** A value that is repeated in a message. */
  static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
