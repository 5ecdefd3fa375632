// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.prometheus.MemoryBudget;
import java.util.ArrayList;
import java.util.List;

/** Makes the cursors of a request by the plan of the store. Thread-safe. */
final class PlannedReads {

  private final RemoteReadOptions options;
  private final LearnedMetrics learned;

  PlannedReads(RemoteReadOptions options) {
    this.options = options;
    this.learned =
        new LearnedMetrics(
            options.plan() instanceof ReadPlan.Grouped grouped ? grouped.metricsMax() : 1);
  }

  /**
   * A cursor for each query.
   *
   * @param lease what collected samples are held under
   */
  List<PartCursor> of(ReadRequest request, TableReader table, MemoryBudget.Lease lease)
      throws BadReadException {
    List<PartCursor> cursors = new ArrayList<>();
    for (ReadQuery query : request.queries()) {
      cursors.add(
          switch (options.plan()) {
            case ReadPlan.ListThenSlices _ -> {
              Listing listing = Listing.of(query, table, options.seriesMax());
              yield new SliceCursor(table, listing, options, RowSpan.unlimited());
            }
            case ReadPlan.Grouped plan ->
                new GroupedCursor(query, table, options, plan, learned, lease);
          });
    }
    return cursors;
  }
}
