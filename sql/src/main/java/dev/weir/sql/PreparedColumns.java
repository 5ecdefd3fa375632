// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import dev.weir.store.PreparedQuery;
import dev.weir.store.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says where the columns of a query come from. */
final class PreparedColumns {

  private final Parameters parameters;

  PreparedColumns(Parameters parameters) {
    this.parameters = parameters;
  }

  /** Where a column comes from, if it is a plain one, and whether somebody gave it its name. */
  private record Origin(@Nullable TableName table, boolean aliased, boolean untyped) {
    static final Origin NOWHERE = new Origin(null, false, false);
  }

  List<PreparedQuery.Column> of(Query query) {
    List<PreparedQuery.Column> columns = new ArrayList<>();
    for (int i = 0; i < query.columns().size(); i++) {
      OutputColumn column = query.columns().get(i);
      Origin origin = origin(query, i);
      ValueType type = origin.untyped() ? Scalar.VARCHAR : column.type();
      columns.add(new PreparedQuery.Column(column.name(), type, origin.table(), origin.aliased()));
    }
    return columns;
  }

  private Origin origin(Query query, int index) {
    Origin origin =
        switch (query.body()) {
          case Query inner -> origin(inner, index);
          case Body.Select select -> origin(select, index);
          case Body.SetOperation _, Body.Values _ -> Origin.NOWHERE;
        };
    String inner = query.body().columns().get(index).name();
    boolean renamed = !inner.equals(query.columns().get(index).name());
    return new Origin(origin.table(), origin.aliased() || renamed, origin.untyped());
  }

  private Origin origin(Body.Select select, int index) {
    Body.Projection projection = select.projections().get(index);
    Origin origin =
        projection.expression() instanceof Expression.Column column && select.from() != null
            ? origin(select.from(), column, projection.name())
            : new Origin(null, false, parameters.untyped(projection.expression()));
    return new Origin(origin.table(), origin.aliased() || projection.aliased(), origin.untyped());
  }

  private Origin origin(Relation relation, Expression.Column column, String name) {
    Origin none = Origin.NOWHERE;
    return switch (relation) {
      case Relation.BaseTable table when table.number() == column.relation() ->
          new Origin(table.table().name(), !column.name().equalsIgnoreCase(name), false);
      case Relation.Subquery subquery when subquery.number() == column.relation() ->
          through(subquery.query(), column, name);
      case Relation.CommonTableUse use when use.number() == column.relation() ->
          through(use.table().query(), column, name);
      case Relation.Join join -> {
        Origin left = origin(join.left(), column, name);
        yield left.equals(none) ? origin(join.right(), column, name) : left;
      }
      case Relation.BaseTable _,
          Relation.Subquery _,
          Relation.CommonTableUse _,
          Relation.Unnest _ ->
          none;
    };
  }

  private Origin through(Query query, Expression.Column column, String name) {
    Origin origin = origin(query, column.index());
    boolean renamed = !query.columns().get(column.index()).name().equalsIgnoreCase(name);
    return new Origin(origin.table(), origin.aliased() || renamed, origin.untyped());
  }
}
