// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.store.embedded.function.LikeText;
import dev.weir.store.embedded.function.QueryCalls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns conditions over dimensions and the measure name into Java. */
final class SeriesPredicates {

  private final SeriesColumns columns;
  private final QueryCalls calls;

  SeriesPredicates(SeriesColumns columns, QueryCalls calls) {
    this.columns = columns;
    this.calls = calls;
  }

  /** The condition in Java, or null where it says something that is not known here. */
  @Nullable SeriesPredicate compile(Expression expression) {
    return switch (expression) {
      case Expression.Logical logical -> logical(logical);
      case Expression.Not not -> {
        SeriesPredicate inner = compile(not.value());
        yield inner == null ? null : series -> inner.test(series).not();
      }
      case Expression.Comparison comparison -> comparison(comparison);
      case Expression.In in -> in(in);
      case Expression.IsNull isNull -> {
        SeriesColumns.Getter getter = columns.getter(isNull.value());
        yield getter == null ? null : series -> Truth.of(getter.of(series) == null);
      }
      case Expression.Like like -> like(like);
      case Expression.Call call -> call(call);
      case Literal.OfBoolean literal -> {
        Truth truth = Truth.of(literal.value());
        yield _ -> truth;
      }
      default -> null;
    };
  }

  private @Nullable SeriesPredicate logical(Expression.Logical logical) {
    List<SeriesPredicate> terms = new ArrayList<>();
    for (Expression term : logical.terms()) {
      SeriesPredicate compiled = compile(term);
      if (compiled == null) {
        return null;
      }
      terms.add(compiled);
    }
    Truth decides = Truth.of(!logical.and());
    return series -> {
      Truth result = decides.not();
      for (SeriesPredicate term : terms) {
        Truth truth = term.test(series);
        if (truth == decides) {
          return decides;
        }
        result = truth == Truth.UNKNOWN ? Truth.UNKNOWN : result;
      }
      return result;
    };
  }

  private @Nullable SeriesPredicate comparison(Expression.Comparison comparison) {
    SeriesColumns.Getter getter = columns.getter(comparison.left());
    Expression other = comparison.right();
    if (getter == null) {
      getter = columns.getter(comparison.right());
      other = comparison.left();
    }
    if (getter == null || !(other instanceof Literal.OfString literal)) {
      return null;
    }
    SeriesColumns.Getter value = getter;
    String wanted = literal.value();
    return switch (comparison.operator()) {
      case EQUAL -> series -> equal(value.of(series), wanted);
      case NOT_EQUAL -> series -> equal(value.of(series), wanted).not();
      case NOT_DISTINCT_FROM -> series -> Truth.of(wanted.equals(value.of(series)));
      case DISTINCT_FROM -> series -> Truth.of(!wanted.equals(value.of(series)));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> null;
    };
  }

  private static Truth equal(@Nullable String value, String wanted) {
    return value == null ? Truth.UNKNOWN : Truth.of(value.equals(wanted));
  }

  private @Nullable SeriesPredicate in(Expression.In in) {
    SeriesColumns.Getter getter = columns.getter(in.value());
    Set<String> wanted = new HashSet<>();
    for (Expression candidate : in.candidates()) {
      if (!(candidate instanceof Literal.OfString literal)) {
        return null;
      }
      wanted.add(literal.value());
    }
    if (getter == null) {
      return null;
    }
    return series -> {
      String value = getter.of(series);
      return value == null ? Truth.UNKNOWN : Truth.of(wanted.contains(value));
    };
  }

  private @Nullable SeriesPredicate like(Expression.Like like) {
    SeriesColumns.Getter getter = columns.getter(like.value());
    boolean constant = like.pattern() instanceof Literal.OfString;
    String escape =
        switch (like.escape()) {
          case null -> "";
          case Literal.OfString literal -> literal.value();
          default -> null;
        };
    if (getter == null || !constant || escape == null || escape.length() > 1) {
      return null;
    }
    String pattern = ((Literal.OfString) like.pattern()).value();
    char mark = escape.isEmpty() ? 0 : escape.charAt(0);
    if (mark != 0 && !LikeText.isValid(pattern, escape)) {
      return null; // The function says what is wrong.
    }
    return matching(getter, RegexCondition.like(pattern, mark, calls));
  }

  private @Nullable SeriesPredicate call(Expression.Call call) {
    if (!call.function().name().equals("regexp_like") || call.arguments().size() != 2) {
      return null;
    }
    SeriesColumns.Getter getter = columns.getter(call.arguments().get(0));
    if (getter == null || !(call.arguments().get(1) instanceof Literal.OfString pattern)) {
      return null;
    }
    return matching(getter, RegexCondition.contains(pattern.value(), calls));
  }

  private static SeriesPredicate matching(SeriesColumns.Getter getter, RegexCondition condition) {
    return series -> {
      String value = getter.of(series);
      return value == null ? Truth.UNKNOWN : Truth.of(condition.matches(value));
    };
  }
}
