// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** The arguments of one call, counted from 0. Belongs to one thread, and only during the call. */
public final class Row {

  private final DuckDBReadableVector[] arguments;
  private final QueryCalls query;
  private long index;

  Row(DuckDBDataChunkReader chunk, int count, QueryCalls query) {
    this.arguments = new DuckDBReadableVector[count];
    for (int i = 0; i < count; i++) {
      // The first column is the number of the query.
      arguments[i] = chunk.vector(i + 1L);
    }
    this.query = query;
  }

  /** The query that this call is part of. */
  public QueryCalls query() {
    return query;
  }

  public boolean isNull(int argument) {
    return arguments[argument].isNull(index);
  }

  public String text(int argument) {
    return arguments[argument].getString(index);
  }

  public long number(int argument) {
    return arguments[argument].getLong(index);
  }

  public double real(int argument) {
    return arguments[argument].getDouble(index);
  }

  public boolean truth(int argument) {
    return arguments[argument].getBoolean(index);
  }

  void moveTo(long row) {
    index = row;
  }

  boolean anyNull() {
    for (DuckDBReadableVector argument : arguments) {
      if (argument.isNull(index)) {
        return true;
      }
    }
    return false;
  }
}
