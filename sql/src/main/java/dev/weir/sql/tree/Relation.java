// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import dev.weir.store.TableDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source of rows. Every relation but a join has a number, distinct within the statement, that
 * column references name.
 */
public sealed interface Relation {

  /** Where it stands. */
  Position position();

  /** A stored table; column {@code i} is column {@code i} of the description. */
  record BaseTable(int number, TableDescription table, Position position) implements Relation {}

  /** A query in FROM; {@code lateral} when it may see the relations to its left. */
  record Subquery(int number, Query query, boolean lateral, Position position)
      implements Relation {}

  /** A use of a common table. */
  record CommonTableUse(int number, Query.CommonTable table, Position position)
      implements Relation {}

  /**
   * {@code UNNEST(…)}, always the right side of a cross join (or alone): sees the relations to its
   * left. A time series gives {@code time} and its value, an array of rows its fields, any other
   * array one column; shorter arguments are filled with NULL.
   */
  record Unnest(
      int number,
      List<Expression> arguments,
      boolean withOrdinality,
      List<OutputColumn> columns,
      Position position)
      implements Relation {

    public Unnest {
      arguments = List.copyOf(arguments);
      columns = List.copyOf(columns);
    }
  }

  /**
   * A join. USING is spelled out as a condition.
   *
   * @param condition null for CROSS
   */
  record Join(
      Kind kind, Relation left, Relation right, @Nullable Expression condition, Position position)
      implements Relation {

    /** How rows without a partner are treated. */
    public enum Kind {
      CROSS,
      INNER,
      LEFT,
      RIGHT,
      FULL
    }
  }
}
