// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.report;

import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.QueuedPoints;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a slot.
 *
 * @param started when its first request began; of a missed slot when it was given up
 * @param points its records, and the table that they belong to; none for a missed slot in the
 *     original's layout. Their key is site, region and slot: the same report stored twice is one.
 * @param outcome null for a slot that was missed
 * @param miss null for a slot that was run
 */
public record SlotReport(
    Slot slot,
    Instant started,
    QueuedPoints points,
    @Nullable Outcome outcome,
    @Nullable Miss miss) {

  /**
   * How the run ended.
   *
   * @param failure null where the site is up
   * @param doubtful whether the failure says nothing of the site
   */
  public record Outcome(@Nullable Failure failure, boolean doubtful) {

    public boolean up() {
      return failure == null;
    }
  }

  public SlotReport {
    if ((outcome == null) == (miss == null)) {
      throw new IllegalArgumentException("a slot is run or missed");
    }
  }

  /** Of a result, with its records made. */
  public static SlotReport of(SlotResult result, CheckTables tables, RecordLayout layout) {
    Run run = result.run();
    return new SlotReport(
        result.slot(),
        result.actualStart(),
        new QueuedPoints(
            tables.results(result.slot().site().key().customer()), layout.points(result)),
        run == null ? null : new Outcome(run.failure(), run.doubtful()),
        result.miss());
  }

  /**
   * The result as far as incidents ask for it: its run has one request, of which only the failure
   * is known.
   */
  public SlotResult result() {
    if (outcome == null) {
      return new SlotResult(slot, started, null, miss);
    }
    Hop hop = new Hop(slot.site().endpoint(), Phases.NONE, null, null, null);
    Measurement request = new Measurement(0, List.of(hop), null, outcome.failure());
    return new SlotResult(
        slot, started, new Run(List.of(request), 1, outcome.failure(), outcome.doubtful()));
  }
}
