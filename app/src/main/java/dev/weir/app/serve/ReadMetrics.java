// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.prometheus.read.ReadListener;
import dev.weir.prometheus.read.ReadReport;
import dev.weir.server.metrics.WeirMetrics;

/** Counts what remote read reports. */
final class ReadMetrics implements ReadListener {

  private static final int STATUS_OK = 200;

  private final WeirMetrics metrics;
  private final boolean countsPages;

  private ReadMetrics(WeirMetrics metrics, boolean countsPages) {
    this.metrics = metrics;
    this.countsPages = countsPages;
  }

  /** For a store that answers a statement with one page. */
  static ReadMetrics of(WeirMetrics metrics) {
    return new ReadMetrics(metrics, true);
  }

  /** For Timestream, whose pages {@link UpstreamMetrics} counts one by one. */
  static ReadMetrics beside(UpstreamMetrics upstream) {
    return new ReadMetrics(upstream.metrics(), false);
  }

  @Override
  public void answered(ReadReport report) {
    for (int i = 0; countsPages && i < report.statements(); i++) {
      metrics.pageRead();
    }
    metrics.readFinished(
        outcome(report),
        report.status() == STATUS_OK && !report.cut(),
        report.samples(),
        report.time().toNanos());
  }

  private static String outcome(ReadReport report) {
    if (report.cut()) {
      return "cut_off";
    }
    return switch (report.status() / 100) {
      case 2 -> "answered";
      case 4 -> "refused";
      default -> "try_again";
    };
  }
}
