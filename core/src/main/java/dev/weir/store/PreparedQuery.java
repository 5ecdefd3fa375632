// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import dev.weir.query.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query would give, without running it.
 *
 * @param columns of the result, in order
 * @param parameters every {@code @name} of the text, once, in the order of their first use
 */
public record PreparedQuery(List<Column> columns, List<Parameter> parameters) {

  public PreparedQuery {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }

  /**
   * A column of the result.
   *
   * @param table where it is a plain column of a stored table, that table; else null
   * @param aliased whether its name was given with AS
   */
  public record Column(String name, ValueType type, @Nullable TableName table, boolean aliased) {}

  /** A parameter; its type is what its place asks for, VARCHAR where any would do. */
  public record Parameter(String name, ValueType type) {}
}
