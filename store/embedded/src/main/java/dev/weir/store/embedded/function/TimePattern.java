// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.List;

/**
 * A compiled pattern of date_format (MySQL's) or format_datetime (Joda's): prints and reads times.
 * Immutable.
 */
final class TimePattern {

  /** A piece of a pattern. */
  sealed interface Part {}

  /** Stands for itself. */
  record Text(String text) implements Part {}

  /**
   * A number of at least so many digits; when read, of at most so many, with a sign where there is
   * room for it.
   */
  record Number(TimeField field, int digits, int digitsMax, boolean signed) implements Part {}

  /** The last two digits of a year; {@code pivot} is the middle of the hundred years meant. */
  record ShortYear(TimeField field, int pivot) implements Part {}

  /** Digits after the decimal point; zeros beyond the least number are left out. */
  record Fraction(int digits, int digitsMax) implements Part {}

  /** A name of a month, a day of the week, half a day or an era. */
  record Name(TimeField field, TextStyle style) implements Part {}

  /** UTC, or any zone when read. */
  record Zone(TextStyle style) implements Part {}

  /** +0000, +00:00 or the id of the zone. */
  record Offset(boolean colon) implements Part {}

  private final List<Part> parts;

  TimePattern(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  String format(long nanos) {
    LocalDateTime time = Calendar.dateTime(nanos);
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Text literal -> text.append(literal.text());
        case Number number -> {
          long value = number.field().of(time);
          String digits = Long.toString(Math.abs(value));
          text.append(value < 0 ? "-" : "");
          text.repeat('0', Math.max(0, number.digits() - digits.length())).append(digits);
        }
        case ShortYear year -> {
          long value = Math.floorMod(year.field().of(time), 100);
          text.append(value < 10 ? "0" : "").append(value);
        }
        case Fraction fraction -> text.append(fraction(fraction, time.getNano()));
        case Name name -> text.append(name.field().nameOf(time, name.style()));
        case Zone zone ->
            text.append(zone.style() == TextStyle.FULL ? "Coordinated Universal Time" : "UTC");
        case Offset offset -> text.append(offset.colon() ? "+00:00" : "+0000");
      }
    }
    return text.toString();
  }

  /** Nanoseconds since the epoch; what the text does not say is 1970-01-01 00:00:00 UTC. */
  long parse(String text) {
    ReadTime read = new ReadTime(text);
    for (int i = 0; i < parts.size(); i++) {
      Part next = i + 1 < parts.size() ? parts.get(i + 1) : null;
      boolean digitsFollow =
          next instanceof Number || next instanceof ShortYear || next instanceof Fraction;
      switch (parts.get(i)) {
        case Text literal -> read.literal(literal.text());
        case Number number ->
            read.number(
                number.field(),
                digitsFollow ? Math.max(number.digits(), shortest(number)) : number.digitsMax(),
                number.signed());
        case ShortYear year -> read.shortYear(year.field(), year.pivot(), digitsFollow);
        case Fraction fraction -> read.fraction(fraction.digitsMax());
        case Name name -> read.name(name.field());
        case Zone ignored -> read.zone();
        case Offset ignored -> read.zone();
      }
    }
    read.end();
    return Calendar.nanos(read.time());
  }

  /** Digits of a number that another one follows at once. */
  private static int shortest(Number number) {
    return number.signed() ? number.digits() : number.digitsMax();
  }

  private static String fraction(Fraction fraction, int nanos) {
    String digits = Integer.toString(1_000_000_000 + nanos).substring(1);
    int end = Math.min(fraction.digitsMax(), digits.length());
    while (end > fraction.digits() && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end) + "0".repeat(Math.max(0, fraction.digits() - end));
  }
}
