// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.Series;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disjunction of label sets: {@code ((a = 'x' AND b IS NULL) OR (a = 'y' AND b = 'z') OR …)}.
 * There may be thousands, so those that speak of the same columns become one set of value lists,
 * and a series is looked up in each set once. Only right where the condition must hold, not under a
 * NOT.
 */
final class LabelSets implements SeriesPredicate {

  /** Columns with an equality each, in the order of the lists, and columns that must be NULL. */
  private record Shape(List<Integer> equal, List<Integer> absent) {}

  private record Alternatives(
      List<SeriesColumns.Getter> equal,
      List<SeriesColumns.Getter> absent,
      Set<List<String>> values) {}

  private final List<Alternatives> alternatives;
  private final @Nullable Set<String> measureNames;

  private LabelSets(List<Alternatives> alternatives, @Nullable Set<String> measureNames) {
    this.alternatives = alternatives;
    this.measureNames = measureNames;
  }

  /** The condition as label sets, or null where it is something else. */
  static @Nullable LabelSets of(Expression condition, SeriesColumns columns) {
    List<Expression> terms =
        condition instanceof Expression.Logical logical && !logical.and()
            ? logical.terms()
            : List.of(condition);
    Map<Shape, Alternatives> byShape = new HashMap<>();
    Set<String> measureNames = new HashSet<>();
    boolean measuresKnown = true;
    for (Expression term : terms) {
      String measure = add(term, columns, byShape);
      if (measure == null) {
        return null;
      }
      measuresKnown &= !measure.isEmpty();
      measureNames.add(measure);
    }
    return new LabelSets(new ArrayList<>(byShape.values()), measuresKnown ? measureNames : null);
  }

  /** The measure names that can match, or null where it can be any. */
  @Nullable Set<String> measureNames() {
    return measureNames;
  }

  @Override
  public Truth test(Series series) {
    for (Alternatives each : alternatives) {
      if (matches(each, series)) {
        return Truth.TRUE;
      }
    }
    return Truth.FALSE;
  }

  private static boolean matches(Alternatives each, Series series) {
    for (SeriesColumns.Getter absent : each.absent()) {
      if (absent.of(series) != null) {
        return false;
      }
    }
    List<String> values = new ArrayList<>(each.equal().size());
    for (SeriesColumns.Getter equal : each.equal()) {
      String value = equal.of(series);
      if (value == null) {
        return false;
      }
      values.add(value);
    }
    return each.values().contains(values);
  }

  /**
   * Adds one set.
   *
   * @return its measure name, "" where it has none, null where it is no label set
   */
  private static @Nullable String add(
      Expression term, SeriesColumns columns, Map<Shape, Alternatives> byShape) {
    List<Expression> parts =
        term instanceof Expression.Logical logical && logical.and()
            ? logical.terms()
            : List.of(term);
    String measure = "";
    List<Integer> equal = new ArrayList<>();
    List<Integer> absent = new ArrayList<>();
    List<SeriesColumns.Getter> equalGetters = new ArrayList<>();
    List<SeriesColumns.Getter> absentGetters = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Expression part : parts) {
      if (part instanceof Expression.IsNull isNull
          && columns.getter(isNull.value()) instanceof SeriesColumns.Getter getter) {
        absent.add(((Expression.Column) isNull.value()).index());
        absentGetters.add(getter);
      } else if (part instanceof Expression.Comparison comparison
          && comparison.operator() == Expression.Comparison.Operator.EQUAL
          && columns.getter(comparison.left()) instanceof SeriesColumns.Getter getter
          && comparison.right() instanceof Literal.OfString literal) {
        equal.add(((Expression.Column) comparison.left()).index());
        equalGetters.add(getter);
        values.add(literal.value());
        measure = columns.isMeasureName(comparison.left()) ? literal.value() : measure;
      } else {
        return null;
      }
    }
    byShape
        .computeIfAbsent(
            new Shape(equal, absent),
            _ -> new Alternatives(equalGetters, absentGetters, new HashSet<>()))
        .values()
        .add(values);
    return measure;
  }
}
