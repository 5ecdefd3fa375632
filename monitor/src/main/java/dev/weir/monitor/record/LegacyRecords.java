// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.SlotResult;
import java.util.ArrayList;
import java.util.List;

/**
 * A result as the original stored it: up to four records of one measure each. A failure of the
 * transport has no status here, where the original stored 500.
 */
final class LegacyRecords {

  private LegacyRecords() {}

  static List<Point> points(SlotResult result) {
    Run run = result.run();
    List<Point> points = new ArrayList<>();
    if (run == null) {
      return points;
    }
    points.add(point(result, "endpoint_up", new Measure.OfBoolean(run.up())));
    CheckRecords.latency(run)
        .ifPresent(seconds -> points.add(point(result, "latency", new Measure.OfDouble(seconds))));
    if (run.failure() != null) {
      Series series = CheckRecords.series("error_message", result.slot());
      int room = RecordSize.BYTES_MAX - RecordSize.of(series);
      String message = RecordSize.cut(run.failure().sentence(), room);
      if (!message.isEmpty()) {
        points.add(point(result, "error_message", new Measure.OfVarchar(message)));
      }
    }
    Integer status = CheckRecords.decisive(run).last().status();
    if (status != null) {
      points.add(point(result, "status_code", new Measure.OfBigint(status)));
    }
    return points;
  }

  private static Point point(SlotResult result, String measureName, Measure measure) {
    return new Point(
        CheckRecords.series(measureName, result.slot()),
        CheckRecords.epochNanos(result.slot()),
        measure);
  }
}
