// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.prometheus.write.WriteListener;
import dev.weir.prometheus.write.WriteReport;
import dev.weir.server.metrics.WeirMetrics;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what remote write reports. */
final class WriteMetrics implements WriteListener {

  private static final Logger LOG = LoggerFactory.getLogger("dev.weir.prometheus.write");

  private final WeirMetrics metrics;
  private final boolean countsCalls;

  private WriteMetrics(WeirMetrics metrics, boolean countsCalls) {
    this.metrics = metrics;
    this.countsCalls = countsCalls;
  }

  /** For a store that takes a request in one call. */
  static WriteMetrics of(WeirMetrics metrics) {
    return new WriteMetrics(metrics, true);
  }

  /** For Timestream, whose calls {@link UpstreamMetrics} counts one by one. */
  static WriteMetrics beside(UpstreamMetrics upstream) {
    return new WriteMetrics(upstream.metrics(), false);
  }

  @Override
  public void answered(WriteReport report) {
    metrics.samplesReceived(report.samples());
    metrics.samplesStored(report.stored(), report.repeated());
    report.refused().forEach((reason, count) -> metrics.samplesRejected(label(reason), count));
    report.dropped().forEach((reason, count) -> metrics.samplesRejected(label(reason), count));
    if (countsCalls && !report.storeTime().isZero()) {
      metrics.storeWritten(report.storeTime().toNanos());
    }
    metrics.writeFinished(outcome(report.status()));
  }

  @Override
  public void warned(String line) {
    LOG.warn(line);
  }

  private static String label(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static String outcome(int status) {
    return switch (status / 100) {
      case 2 -> "stored";
      case 4 -> status == 429 ? "try_again" : "refused";
      default -> "try_again";
    };
  }
}
