// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.function;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypePattern.ArrayPattern;
import dev.weir.sql.function.TypePattern.Exact;
import dev.weir.sql.function.TypePattern.FieldPattern;
import dev.weir.sql.function.TypePattern.LambdaPattern;
import dev.weir.sql.function.TypePattern.RowPattern;
import dev.weir.sql.function.TypePattern.TimeSeriesPattern;
import dev.weir.sql.function.TypePattern.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads declarations such as {@code slice(array(T), bigint, bigint) -> array(T)}. A capital letter
 * is a variable, {@code ...} after the last parameter lets it repeat, {@code function(T, U)} is a
 * lambda from T to U. Declarations are our own text: a mistake is an IllegalArgumentException at
 * start.
 */
final class SignatureText {

  private static final Map<String, Scalar> SCALARS =
      Map.ofEntries(
          Map.entry("varchar", Scalar.VARCHAR),
          Map.entry("boolean", Scalar.BOOLEAN),
          Map.entry("bigint", Scalar.BIGINT),
          Map.entry("integer", Scalar.INTEGER),
          Map.entry("double", Scalar.DOUBLE),
          Map.entry("timestamp", Scalar.TIMESTAMP),
          Map.entry("date", Scalar.DATE),
          Map.entry("time", Scalar.TIME),
          Map.entry("interval", Scalar.INTERVAL_DAY_TO_SECOND),
          Map.entry("months", Scalar.INTERVAL_YEAR_TO_MONTH));

  private final String text;
  private int at;

  private SignatureText(String text) {
    this.text = text;
  }

  /** The name in a declaration. */
  static String name(String declaration) {
    return declaration.substring(0, declaration.indexOf('('));
  }

  static Signature signature(String declaration) {
    SignatureText reader = new SignatureText(declaration);
    reader.at = declaration.indexOf('(') + 1;
    List<TypePattern> parameters = new ArrayList<>();
    boolean variadic = false;
    while (!reader.take(")")) {
      parameters.add(reader.type());
      variadic = reader.take("...");
      reader.take(",");
    }
    if (!reader.take("->")) {
      throw reader.mistake();
    }
    TypePattern result = reader.type();
    if (reader.at != declaration.length()) {
      throw reader.mistake();
    }
    return new Signature(parameters, variadic, result, inFull(declaration));
  }

  /** The declaration with the names of types that a user knows. */
  private static String inFull(String declaration) {
    return declaration
        .replaceAll("\\binterval\\b", "interval day to second")
        .replaceAll("\\bmonths\\b", "interval year to month");
  }

  private TypePattern type() {
    String word = word();
    if (word.length() == 1 && Character.isUpperCase(word.charAt(0))) {
      return new Variable(word);
    }
    Scalar scalar = SCALARS.get(word);
    if (scalar != null) {
      return new Exact(scalar);
    }
    if (!take("(")) {
      throw mistake();
    }
    List<FieldPattern> parts = parts();
    List<TypePattern> types = parts.stream().map(FieldPattern::type).toList();
    return switch (word) {
      case "array" -> new ArrayPattern(types.getFirst());
      case "timeseries" -> new TimeSeriesPattern(types.getFirst());
      case "row" -> new RowPattern(parts);
      case "function" -> new LambdaPattern(types.subList(0, types.size() - 1), types.getLast());
      default -> throw mistake();
    };
  }

  private List<FieldPattern> parts() {
    List<FieldPattern> parts = new ArrayList<>();
    while (!take(")")) {
      parts.add(new FieldPattern(fieldName(), type()));
      take(",");
    }
    return parts;
  }

  /** A name in front of a type, as in {@code row(time timestamp, value T)}. */
  private @Nullable String fieldName() {
    int start = at;
    String word = word();
    if (at < text.length() && text.charAt(at) == ' ') {
      return word;
    }
    at = start;
    return null;
  }

  private String word() {
    skipSpaces();
    int start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean take(String mark) {
    skipSpaces();
    if (!text.startsWith(mark, at)) {
      return false;
    }
    at += mark.length();
    return true;
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException mistake() {
    return new IllegalArgumentException("signature " + text + " at " + at);
  }
}
