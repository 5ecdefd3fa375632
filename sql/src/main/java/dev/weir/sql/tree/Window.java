// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code OVER (PARTITION BY … ORDER BY … frame)}; a null frame is the default one. */
public record Window(List<Expression> partitionBy, List<SortKey> orderBy, @Nullable Frame frame) {

  public Window {
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }

  void addBounds(List<Expression> all) {
    if (frame == null) {
      return;
    }
    if (frame.start().distance() != null) {
      all.add(frame.start().distance());
    }
    if (frame.end().distance() != null) {
      all.add(frame.end().distance());
    }
  }

  /** The rows that a window call sees. */
  public record Frame(Unit unit, Bound start, Bound end) {}

  /** What a distance counts. */
  public enum Unit {
    RANGE,
    ROWS,
    GROUPS
  }

  /** One end of a frame; the distance is non-null for PRECEDING and FOLLOWING. */
  public record Bound(Kind kind, @Nullable Expression distance) {}

  /** The kinds of ends. */
  public enum Kind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }
}
