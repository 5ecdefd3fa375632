// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition that names series one by one: {@code (("instance" = 'a' AND "pod" IS NULL) OR (…))}.
 * An engine can look such sets up instead of testing a condition of a hundred thousand terms.
 *
 * @param sets one map per set, from the index of a column to its value; empty for IS NULL. All
 *     columns that a set does not name may have any value
 */
public record SeriesSets(List<Map<Integer, Optional<String>>> sets) {

  public SeriesSets {
    sets = List.copyOf(sets);
  }

  /** The sets, or empty where the condition is anything else. */
  public static Optional<SeriesSets> of(Expression condition, Relation.BaseTable table) {
    List<Expression> disjuncts =
        condition instanceof Expression.Logical logical && !logical.and()
            ? logical.terms()
            : List.of(condition);
    List<Map<Integer, Optional<String>>> sets = new ArrayList<>(disjuncts.size());
    for (Expression disjunct : disjuncts) {
      List<Expression> terms =
          disjunct instanceof Expression.Logical logical && logical.and()
              ? logical.terms()
              : List.of(disjunct);
      Map<Integer, Optional<String>> set = HashMap.newHashMap(terms.size());
      for (Expression term : terms) {
        if (!add(set, term, table)) {
          return Optional.empty();
        }
      }
      sets.add(set);
    }
    return Optional.of(new SeriesSets(sets));
  }

  private static boolean add(
      Map<Integer, Optional<String>> set, Expression term, Relation.BaseTable table) {
    return switch (term) {
      case Expression.Comparison comparison
          when comparison.operator() == Expression.Comparison.Operator.EQUAL
              && comparison.left() instanceof Expression.Column column
              && column.relation() == table.number()
              && comparison.right() instanceof Literal.OfString value ->
          set.putIfAbsent(column.index(), Optional.of(value.value())) == null;
      case Expression.IsNull isNull
          when isNull.value() instanceof Expression.Column column
              && column.relation() == table.number() ->
          set.putIfAbsent(column.index(), Optional.empty()) == null;
      default -> false;
    };
  }
}
