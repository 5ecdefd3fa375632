// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.script;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * One point of a script: {@code time | measure | dimensions}.
 *
 * <ul>
 *   <li>The time is {@code 2026-03-10 10:00:00}, UTC, with up to nine digits of a second.
 *   <li>The measure is {@code name=value}, or {@code multi name: name=value name=value …}.
 *   <li>Dimensions are {@code name=value, name=value}; there may be none.
 * </ul>
 *
 * A value is a text in quotes, {@code true} or {@code false}, {@code timestamp} and a time, a whole
 * number (BIGINT), or any other number (DOUBLE); {@code name:type=value} says the type instead:
 * double, bigint, boolean, varchar. Names in double quotes may have any character.
 */
final class PointLine {

  private final String file;
  private final int number;
  private final String line;
  private int at;

  PointLine(String file, int number, String line) {
    this.file = file;
    this.number = number;
    this.line = line;
  }

  Point read() {
    long time = time();
    expect('|');
    String name;
    Measure measure;
    if (line.startsWith("multi ", at)) {
      at += "multi ".length();
      name = word(":");
      expect(':');
      List<Measure.Named> values = new ArrayList<>();
      while (!ended() && peek() != '|') {
        values.add(new Measure.Named(word(":="), value()));
        skipSpaces();
      }
      measure = new Measure.OfMulti(values);
    } else {
      name = word(":=");
      measure = value();
    }
    try {
      return new Point(Series.of(name, dimensions()), time, measure);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private List<Dimension> dimensions() {
    List<Dimension> dimensions = new ArrayList<>();
    skipSpaces();
    if (ended()) {
      return dimensions;
    }
    expect('|');
    while (!ended()) {
      String name = word("=");
      expect('=');
      dimensions.add(new Dimension(name, word(",")));
      skipSpaces();
      if (!ended()) {
        expect(',');
      }
    }
    return dimensions;
  }

  /** A time at the place where the line stands. */
  private long time() {
    skipSpaces();
    int end = at;
    while (end < line.length() && "0123456789-:. ".indexOf(line.charAt(end)) >= 0) {
      end++;
    }
    String text = line.substring(at, end).strip();
    at = at + line.substring(at, end).stripTrailing().length();
    try {
      LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
      return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L + time.getNano();
    } catch (DateTimeException e) {
      throw wrong("'" + text + "' is no time; write it like 2026-03-10 10:00:00");
    }
  }

  private Measure value() {
    String type = "";
    if (!ended() && peek() == ':') {
      at++;
      type = word("=");
    }
    expect('=');
    if (line.startsWith("timestamp ", at)) {
      at += "timestamp ".length();
      return new Measure.OfTimestamp(time());
    }
    boolean quoted = !ended() && peek() == '\'';
    String text = word(" |");
    try {
      return switch (type) {
        case "double" -> new Measure.OfDouble(Double.parseDouble(text));
        case "bigint" -> new Measure.OfBigint(Long.parseLong(text));
        case "boolean" -> new Measure.OfBoolean(Boolean.parseBoolean(text));
        case "varchar" -> new Measure.OfVarchar(text);
        case "" -> guessed(text, quoted);
        default -> throw wrong("'" + type + "': a type is double, bigint, boolean or varchar");
      };
    } catch (IllegalArgumentException e) {
      throw wrong("'" + text + "' is no value: " + e.getMessage());
    }
  }

  private static Measure guessed(String text, boolean quoted) {
    if (quoted) {
      return new Measure.OfVarchar(text);
    }
    if (text.equals("true") || text.equals("false")) {
      return new Measure.OfBoolean(text.equals("true"));
    }
    return text.matches("[+-]?[0-9]+")
        ? new Measure.OfBigint(Long.parseLong(text))
        : new Measure.OfDouble(Double.parseDouble(text));
  }

  /** A text in quotes, or everything up to one of these characters, without spaces around it. */
  private String word(String ends) {
    skipSpaces();
    if (!ended() && (peek() == '\'' || peek() == '"')) {
      return quoted(peek());
    }
    int start = at;
    while (!ended() && ends.indexOf(peek()) < 0) {
      at++;
    }
    String word = line.substring(start, at).strip();
    if (word.isEmpty()) {
      throw wrong("a name or a value is missing at column " + (start + 1));
    }
    return word;
  }

  private String quoted(char mark) {
    StringBuilder text = new StringBuilder();
    for (at++; !ended(); at++) {
      if (peek() != mark) {
        text.append(peek());
      } else if (at + 1 < line.length() && line.charAt(at + 1) == mark) {
        text.append(mark);
        at++;
      } else {
        at++;
        return text.toString();
      }
    }
    throw wrong("a quote is never closed");
  }

  private void expect(char wanted) {
    skipSpaces();
    if (ended() || peek() != wanted) {
      throw wrong("'%c' is missing at column %d".formatted(wanted, at + 1));
    }
    at++;
    skipSpaces();
  }

  private void skipSpaces() {
    while (!ended() && peek() == ' ') {
      at++;
    }
  }

  private boolean ended() {
    return at >= line.length();
  }

  private char peek() {
    return line.charAt(at);
  }

  private ScriptException wrong(String message) {
    return new ScriptException(file, number, message + ": " + line);
  }
}
