// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;

/** Spells implicit conversions of whole columns out, by a SELECT around the query. */
final class ConvertedQueries {

  private ConvertedQueries() {}

  /** The body, with columns of these types; itself where they are so already. */
  static Body to(Body body, List<ValueType> types, Analysis analysis, Position at) {
    if (body.columns().stream().map(OutputColumn::type).toList().equals(types)) {
      return body;
    }
    Query inner =
        body instanceof Query query
            ? query
            : new Query(List.of(), body, List.of(), null, body.columns());
    int number = analysis.nextRelation();
    List<Body.Projection> projections = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      OutputColumn column = inner.columns().get(i);
      Expression value = new Expression.Column(number, i, column.name(), column.type(), at);
      projections.add(
          new Body.Projection(column.name(), Conversions.to(value, types.get(i)), false));
    }
    return new Body.Select(
        false,
        projections,
        new Relation.Subquery(number, inner, false, at),
        null,
        null,
        null,
        List.of(),
        null,
        at);
  }

  /** A query of one column, with that column of this type. */
  static Query to(Query query, ValueType type, Analysis analysis, Position at) {
    Body body = to((Body) query, List.of(type), analysis, at);
    return body instanceof Query same
        ? same
        : new Query(List.of(), body, List.of(), null, body.columns());
  }
}
