// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import java.util.List;

/** Times printed and read by patterns (AWS developer guide, "Formatting and parsing"). */
final class TimeFormatFunctions {

  /** A pattern makes at most one part of each of its characters. */
  private static final int PATTERN_CHARACTERS_MAX = 1_000;

  static final List<JavaFunction> ALL =
      List.of(
          JavaFunction.of(
              "date_format", VARCHAR, row -> mysql(row).format(row.number(0)), BIGINT, VARCHAR),
          JavaFunction.of(
              "date_parse", BIGINT, row -> mysql(row).parse(row.text(0)), VARCHAR, VARCHAR),
          JavaFunction.of(
              "format_datetime", VARCHAR, row -> joda(row).format(row.number(0)), BIGINT, VARCHAR),
          JavaFunction.of(
              "parse_datetime", BIGINT, row -> joda(row).parse(row.text(0)), VARCHAR, VARCHAR));

  private TimeFormatFunctions() {}

  private static TimePattern mysql(Row row) {
    return row.query().mysqlPattern(checked(row.text(1)));
  }

  private static TimePattern joda(Row row) {
    return row.query().jodaPattern(checked(row.text(1)));
  }

  private static String checked(String pattern) {
    if (pattern.length() > PATTERN_CHARACTERS_MAX) {
      throw new BadValueException(
          "a time pattern has at most %d characters".formatted(PATTERN_CHARACTERS_MAX));
    }
    return pattern;
  }
}
