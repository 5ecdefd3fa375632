// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query: common tables, a body, and what follows it.
 *
 * <p>Where the body is a plain {@link Select}, its order and limit stand in the select, and these
 * are empty.
 *
 * @param with the common tables, in order; a later one may use an earlier one
 * @param orderBy sort keys over {@link Expression.OutputReference}s only
 * @param limit rows at most, or null
 * @param columns what comes out
 */
public record Query(
    List<CommonTable> with,
    Body body,
    List<SortKey> orderBy,
    @Nullable Long limit,
    List<OutputColumn> columns)
    implements Statement, Body {

  public Query {
    with = List.copyOf(with);
    orderBy = List.copyOf(orderBy);
    columns = List.copyOf(columns);
  }

  /**
   * A {@code WITH} entry. The number is its own, not that of a relation, and tells it from all
   * others: comparing whole queries would take exponential time where tables use each other.
   */
  public record CommonTable(int number, String name, Query query) {

    @Override
    public boolean equals(Object other) {
      return other instanceof CommonTable table && table.number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }

    /** Only the name: a table that is used twice would be spelled out twice. */
    @Override
    public String toString() {
      return "CommonTable[" + number + ", " + name + "]";
    }
  }
}
