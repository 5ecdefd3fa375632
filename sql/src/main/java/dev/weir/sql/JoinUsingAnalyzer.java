// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.sql.Names.NamePart;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Comparison;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Relation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.JoinUsing;
import java.util.ArrayList;
import java.util.List;

/** JOIN … USING as a condition; each shared column is in sight once, before all others. */
final class JoinUsingAnalyzer {

  private JoinUsingAnalyzer() {}

  record Result(Expression condition, Names names) {}

  static Result analyze(
      JoinUsing node, Relation.Join.Kind kind, Names left, Names right, Position at) {
    List<Expression> equalities = new ArrayList<>();
    List<Names.Entry> shared = new ArrayList<>();
    List<Names.Entry> rest = new ArrayList<>(left.entries());
    rest.addAll(right.entries());
    for (Identifier column : node.getColumns()) {
      Expression first = find(column, left, "left");
      Expression second = find(column, right, "right");
      ValueType common =
          TypeRules.common(first.type(), second.type())
              .orElseThrow(() ->
                  SqlErrors.at(
                      column,
                      "Column Types in USING of '%s' are not comparable: %s, %s"
                          .formatted(
                              column.getValue(),
                              TypeRules.text(first.type()),
                              TypeRules.text(second.type()))));
      Expression firstKey = Conversions.to(first, common);
      Expression secondKey = Conversions.to(second, common);
      equalities.add(
          new Comparison(
              Comparison.Operator.EQUAL, firstKey, secondKey, SqlErrors.position(column)));
      shared.add(
          new Names.Entry(
              List.of(), column.getValue(), merged(kind, firstKey, secondKey, common, column)));
      rest.removeIf(entry -> entry.value().equals(first) || entry.value().equals(second));
    }
    shared.addAll(rest);
    Expression condition =
        equalities.size() == 1
            ? equalities.getFirst()
            : new Expression.Logical(true, equalities, at);
    return new Result(condition, new Names(shared, left.outer()));
  }

  private static Expression merged(
      Relation.Join.Kind kind, Expression left, Expression right, ValueType type, Identifier at) {
    return switch (kind) {
      case CROSS, INNER, LEFT -> left;
      case RIGHT -> right;
      case FULL -> new Expression.Coalesce(List.of(left, right), type, SqlErrors.position(at));
    };
  }

  private static Expression find(Identifier column, Names names, String side) {
    NamePart part = NameAnalyzer.part(column);
    return new Names(names.entries(), null)
        .find(List.of(part))
        .map(Names.Found::value)
        .orElseThrow(() ->
            SqlErrors.at(
                column,
                "Column '%s' is missing from %s side of join".formatted(column.getValue(), side)));
  }
}
