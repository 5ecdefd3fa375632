// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.BITS_SUFFIX;
import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;
import static dev.weir.prometheus.TimestreamNames.measureOfMetric;

import dev.weir.query.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What SQL can say of a list of matchers. No series that matches fails these conditions; a series
 * that passes may still not match, so every matcher is asked again above. Values from outside go in
 * as quoted literals only.
 *
 * @param ofLabels conditions on dimensions
 * @param ofMetric conditions on the measure name
 * @param inexact the matchers that the conditions do not say exactly
 */
record Conditions(List<String> ofLabels, List<String> ofMetric, List<LabelMatcher> inexact) {

  /** A matcher that would take more text than this is left to Java. */
  private static final int TEXT_MAX = 32 * 1024;

  /** Which values a statement asks for: they stand under different measure names. */
  enum Values {
    FINITE,
    BITS,
    ALL
  }

  /** The conditions of these matchers, or null where nothing can match. */
  static @Nullable Conditions of(List<LabelMatcher> matchers, TableColumns columns, Values values) {
    List<String> ofLabels = new ArrayList<>();
    List<String> ofMetric = new ArrayList<>();
    List<LabelMatcher> inexact = new ArrayList<>();
    int room = TEXT_MAX;
    boolean named = values == Values.ALL;
    for (LabelMatcher matcher : matchers) {
      boolean isMetric = matcher.name().equals(METRIC_LABEL);
      String dimension = columns.dimension(matcher.name());
      if (!isMetric && dimension == null) {
        if (!matcher.matches("")) {
          return null;
        }
        continue;
      }
      if (isNever(matcher) || (isMetric && rejectsAllNames(matcher))) {
        return null;
      }
      String condition =
          isMetric || dimension == null ? ofMetric(matcher, values) : ofLabel(matcher, dimension);
      boolean fits = condition.length() <= room;
      if (fits && !condition.isEmpty()) {
        room -= condition.length();
        (isMetric ? ofMetric : ofLabels).add(condition);
        named |= isMetric && !matcher.isNegative() && isExact(matcher);
      }
      if (!fits || !isExact(matcher)) {
        inexact.add(matcher);
      }
    }
    if (!named) {
      SqlText sql = new SqlText().identifier("measure_name");
      sql.raw(values == Values.BITS ? " LIKE " : " NOT LIKE ").literal('%' + BITS_SUFFIX);
      ofMetric.add(sql.toString());
    }
    return new Conditions(ofLabels, ofMetric, inexact);
  }

  private static boolean isNever(LabelMatcher matcher) {
    return matcher.isNegative() && matcher.shape() instanceof RegexShape.Anything;
  }

  /** No metric name is empty. */
  private static boolean rejectsAllNames(LabelMatcher matcher) {
    return switch (matcher.shape()) {
      case RegexShape.Literals(Set<String> texts) ->
          !matcher.isNegative() && texts.equals(Set.of(""));
      case RegexShape.NotEmpty() -> matcher.isNegative();
      case RegexShape.Anything(), RegexShape.Prefix(_), RegexShape.Opaque() -> false;
    };
  }

  private static boolean isExact(LabelMatcher matcher) {
    return switch (matcher.shape()) {
      case RegexShape.Literals(_), RegexShape.Anything(), RegexShape.NotEmpty() -> true;
      case RegexShape.Prefix(_), RegexShape.Opaque() -> false;
    };
  }

  private static String ofLabel(LabelMatcher matcher, String dimension) {
    boolean negative = matcher.isNegative();
    SqlText sql = new SqlText();
    if (storeCanFilter(matcher)) {
      boolean acceptsEmpty = matcher.matches("");
      expression(acceptsEmpty ? sql.raw("(") : sql, dimension, matcher.value());
      return (acceptsEmpty ? sql.raw(" OR ").identifier(dimension).raw(" IS NULL)") : sql)
          .toString();
    }
    switch (matcher.shape()) {
      case RegexShape.Literals(Set<String> texts) -> {
        boolean acceptsEmpty = texts.contains("") != negative;
        List<String> values = texts.stream().filter(text -> !text.isEmpty()).toList();
        return literals(dimension, values, negative, acceptsEmpty);
      }
      case RegexShape.Anything() -> {
        return "";
      }
      case RegexShape.NotEmpty() ->
          sql.identifier(dimension).raw(negative ? " IS NULL" : " IS NOT NULL");
      case RegexShape.Prefix(String text) when !negative -> like(sql.identifier(dimension), text);
      case RegexShape.Prefix(_), RegexShape.Opaque() -> {
        if (matcher.matches("")) {
          return "";
        }
        sql.identifier(dimension).raw(" IS NOT NULL");
      }
    }
    return sql.toString();
  }

  /** An absent label is NULL in the table; it is never an empty text. */
  private static String literals(
      String dimension, List<String> values, boolean negative, boolean acceptsEmpty) {
    SqlText sql = new SqlText();
    if (values.isEmpty()) {
      return sql.identifier(dimension).raw(acceptsEmpty ? " IS NULL" : " IS NOT NULL").toString();
    }
    if (acceptsEmpty) {
      sql.raw("(").identifier(dimension).raw(" IS NULL OR ");
      among(sql.identifier(dimension), values, negative);
      sql.raw(")");
    } else {
      among(sql.identifier(dimension), values, negative);
    }
    return sql.toString();
  }

  private static String ofMetric(LabelMatcher matcher, Values values) {
    boolean negative = matcher.isNegative();
    SqlText sql = new SqlText();
    if (storeCanFilter(matcher)) {
      // A name that is written otherwise in the table has the escape somewhere.
      String measure = "(?:" + matcher.value() + ")(?:" + BITS_SUFFIX + ")?";
      expression(sql.raw("("), "measure_name", measure).raw(" OR ").identifier("measure_name");
      return sql.raw(" LIKE '%weir\\_%' ESCAPE '\\')").toString();
    }
    switch (matcher.shape()) {
      case RegexShape.Literals(Set<String> texts) -> {
        List<String> measures = new ArrayList<>();
        for (String text : texts) {
          if (!text.isEmpty()) {
            addMeasures(measureOfMetric(text), values, measures);
          }
        }
        if (!measures.isEmpty()) {
          among(sql.identifier("measure_name"), measures, negative);
        }
      }
      case RegexShape.Prefix(String text) when !negative -> {
        // A name that Timestream forbids stands in the table with another beginning.
        like(sql.raw("(").identifier("measure_name"), measureOfMetric(text));
        like(sql.raw(" OR ").identifier("measure_name"), "weir_");
        sql.raw(")");
      }
      case RegexShape.Prefix(_),
          RegexShape.Anything(),
          RegexShape.NotEmpty(),
          RegexShape.Opaque() -> {
        // Nothing that SQL could say; the names are filtered above.
      }
    }
    return sql.toString();
  }

  private static void addMeasures(String finite, Values values, List<String> measures) {
    if (values != Values.BITS) {
      measures.add(finite);
    }
    if (values != Values.FINITE) {
      measures.add(finite + BITS_SUFFIX);
    }
  }

  /** Whether an expression is left to the store, as a filter that lets through all that matches. */
  private static boolean storeCanFilter(LabelMatcher matcher) {
    String regex = matcher.value();
    return matcher.type() == LabelMatcher.Type.REGEX
        && PlainRegex.is(regex)
        && switch (matcher.shape()) {
          case RegexShape.Literals(_), RegexShape.Anything(), RegexShape.NotEmpty() -> false;
          // A literal before a final .* is said exactly by LIKE.
          case RegexShape.Prefix(_) ->
              !(regex.endsWith(".*")
                  && RegexShape.of(regex.substring(0, regex.length() - 2))
                      instanceof RegexShape.Literals);
          case RegexShape.Opaque() -> true;
        };
  }

  private static SqlText expression(SqlText sql, String column, String regex) {
    sql.raw("regexp_like(").identifier(column).raw(", ");
    return sql.literal("^(?s:" + regex + ")$").raw(")");
  }

  /** A column among values, or not among them. */
  static void among(SqlText column, Collection<String> values, boolean negative) {
    if (values.size() == 1) {
      column.raw(negative ? " <> " : " = ").literals(values);
    } else {
      column.raw(negative ? " NOT IN (" : " IN (").literals(values).raw(")");
    }
  }

  private static void like(SqlText column, String prefix) {
    StringBuilder pattern = new StringBuilder(prefix.length() + 8);
    for (int i = 0; i < prefix.length(); i++) {
      char character = prefix.charAt(i);
      if (character == '%' || character == '_' || character == '\\') {
        pattern.append('\\');
      }
      pattern.append(character);
    }
    column.raw(" LIKE ").literal(pattern.append('%').toString()).raw(" ESCAPE '\\'");
  }
}
