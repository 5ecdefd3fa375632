// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.timestream.call.UpstreamListener;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts the calls of Timestream. The AWS connector counts each WriteRecords and each result page;
 * its names mean the same here, with every attempt being one.
 */
final class UpstreamMetrics implements UpstreamListener {

  private final WeirMetrics metrics;
  private final UpstreamWarnings warnings;

  UpstreamMetrics(WeirMetrics metrics, UpstreamWarnings warnings) {
    this.metrics = metrics;
    this.warnings = warnings;
  }

  WeirMetrics metrics() {
    return metrics;
  }

  @Override
  public void attempted(Side side, Ending ending, Duration took) {
    metrics.upstreamAttempted(label(side), label(ending), took.toNanos());
    switch (side) {
      case WRITE -> metrics.storeWritten(took.toNanos());
      case READ -> {
        if (ending == Ending.DONE) {
          metrics.pageRead();
        }
      }
    }
  }

  @Override
  public void billed(long kib) {
    metrics.timestreamBilled(kib);
  }

  @Override
  public void writeLimit(int calls) {
    metrics.timestreamWriteLimit(calls);
  }

  @Override
  public void clockOff(Duration by) {
    warnings.clockOff(by);
  }

  private static String label(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
