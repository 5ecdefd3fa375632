// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.BadValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions over time series, which are lists of rows of time and value in order of time. */
final class SeriesFunctions implements FunctionPrinter.Chapter {

  @Override
  public @Nullable String print(Expression.Call call, List<String> arguments) {
    return null;
  }

  /** The rows, once it is sure that no two of them have the same time. */
  static String distinctTimes(String rows) {
    return Let.in(
        "v",
        rows,
        v ->
            ("list_slice(%1$s, CASE WHEN len(list_filter(%1$s, lambda x, i:"
                    + " x.f0 = (%1$s[i - 1]).f0)) > 0 THEN %2$s ELSE 1 END, len(%1$s))")
                .formatted(
                    v,
                    BadValueException.raising(
                        "Duplicate timestamps are not allowed in a timeseries")));
  }
}
