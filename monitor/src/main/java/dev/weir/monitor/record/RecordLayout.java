// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.model.Point;
import dev.weir.monitor.schedule.SlotResult;
import java.util.List;
import java.util.function.Function;

/** How a result becomes records. */
public enum RecordLayout {
  /** One record of many measures, named {@code check}. */
  CHECK(result -> List.of(CheckRecords.point(result))),
  /** The original's: a record for each of four measures. A missed slot leaves none. */
  LEGACY(LegacyRecords::points);

  private final Function<SlotResult, List<Point>> points;

  RecordLayout(Function<SlotResult, List<Point>> points) {
    this.points = points;
  }

  /**
   * The records of a result, at its slot's moment; for the same result always the same. None for a
   * missed slot in {@link #LEGACY}.
   */
  public List<Point> points(SlotResult result) {
    return points.apply(result);
  }
}
