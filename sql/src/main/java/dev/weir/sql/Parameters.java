// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Trees;
import dev.weir.store.PreparedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of one prepared query. In the tree a parameter is a NULL without a type, which
 * takes the type that its place asks for; afterwards it is found again by its place in the text.
 */
final class Parameters {

  /** Twice what a query of the greatest sensible size needs; each takes a line of the answer. */
  static final int PARAMETERS_MAX = 1_000;

  private final Map<String, ValueType> types = new HashMap<>();

  /** Ascending: a select list is analyzed after FROM and WHERE, but stands before them. */
  private final SortedMap<Long, String> places = new TreeMap<>();

  /** A use of a parameter. */
  Expression use(String name, Position at) {
    types.putIfAbsent(name, Scalar.UNKNOWN);
    places.put(place(at), name);
    if (types.size() > PARAMETERS_MAX) {
      throw SqlErrors.at(at, "the query has more than " + PARAMETERS_MAX + " parameters");
    }
    return new Literal.OfNull(Scalar.UNKNOWN, at);
  }

  /**
   * All parameters in the order of the text; a typed use gives the type, VARCHAR where none does.
   */
  List<PreparedQuery.Parameter> typed(Query query) {
    Trees.eachExpression(
        query,
        expression -> {
          if (expression instanceof Literal.OfNull(ValueType type, Position at)
              && type != Scalar.UNKNOWN
              && places.get(place(at)) instanceof String name) {
            types.replace(name, Scalar.UNKNOWN, type);
          }
        });
    return places.values().stream()
        .distinct()
        .map(name -> {
          ValueType type = types.getOrDefault(name, Scalar.UNKNOWN);
          return new PreparedQuery.Parameter(name, type == Scalar.UNKNOWN ? Scalar.VARCHAR : type);
        })
        .toList();
  }

  /** Whether an expression is nothing but a parameter that has no type. */
  boolean untyped(Expression expression) {
    return expression instanceof Literal.OfNull(ValueType type, Position at)
        && type == Scalar.UNKNOWN
        && places.containsKey(place(at));
  }

  private static long place(Position at) {
    return ((long) at.line() << 32) | at.column();
  }
}
