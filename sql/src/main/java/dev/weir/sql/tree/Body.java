// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands between WITH and ORDER BY. */
public sealed interface Body permits Query, Body.Select, Body.SetOperation, Body.Values {

  /** What comes out. */
  List<OutputColumn> columns();

  /**
   * One SELECT.
   *
   * @param from null for a select without FROM
   * @param grouping null where there is neither GROUP BY nor an aggregate
   * @param orderBy sort keys: an {@link Expression.OutputReference} where the key is a projection,
   *     else an expression over the relations
   * @param limit rows at most, or null
   */
  record Select(
      boolean distinct,
      List<Projection> projections,
      @Nullable Relation from,
      @Nullable Expression where,
      @Nullable Grouping grouping,
      @Nullable Expression having,
      List<SortKey> orderBy,
      @Nullable Long limit,
      Position position)
      implements Body {

    public Select {
      projections = List.copyOf(projections);
      orderBy = List.copyOf(orderBy);
    }

    @Override
    public List<OutputColumn> columns() {
      return projections.stream()
          .map(projection -> new OutputColumn(projection.name(), projection.expression().type()))
          .toList();
    }
  }

  /**
   * One entry of a select list; {@code *} is spelled out.
   *
   * @param aliased whether the name was given with AS
   */
  record Projection(String name, Expression expression, boolean aliased) {}

  /**
   * What rows are grouped by.
   *
   * @param keys the distinct keys; none for one group over everything
   * @param sets indexes of keys; one set with all of them unless GROUPING SETS, ROLLUP or CUBE say
   *     otherwise
   */
  record Grouping(List<Expression> keys, List<List<Integer>> sets) {

    public Grouping {
      keys = List.copyOf(keys);
      sets = sets.stream().map(List::copyOf).toList();
    }

    /** Whether there is one set, of all keys. */
    public boolean simple() {
      return sets.size() == 1 && sets.getFirst().size() == keys.size();
    }
  }

  /** UNION, INTERSECT or EXCEPT of bodies with the same number of columns. */
  record SetOperation(
      Kind kind, boolean distinct, List<Body> inputs, List<OutputColumn> columns, Position position)
      implements Body {

    public SetOperation {
      inputs = List.copyOf(inputs);
      columns = List.copyOf(columns);
    }

    /** The operation. */
    public enum Kind {
      UNION,
      INTERSECT,
      EXCEPT
    }
  }

  /** Rows written out; each has one expression per column, cast to the type of the column. */
  record Values(List<List<Expression>> rows, List<OutputColumn> columns, Position position)
      implements Body {

    public Values {
      rows = rows.stream().map(List::copyOf).toList();
      columns = List.copyOf(columns);
    }
  }
}
