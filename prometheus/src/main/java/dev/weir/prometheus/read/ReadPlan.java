// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How the samples of a query are asked of the store. The answers are the same. */
public sealed interface ReadPlan {

  /**
   * First the series with their counts, then their samples in slices of bounded size. For a store
   * where a statement costs little and a row may be long.
   */
  record ListThenSlices() implements ReadPlan {}

  /**
   * As few statements as there can be, for a store that charges each of them and limits a row: the
   * samples of all series at once, each series in rows of limited time, collected and sorted here.
   * What is too much to hold is asked for again as series and slices.
   *
   * @param samplesMax samples of one query held at one time
   * @param rowSpan time in one row, so that a row of one sample a second stays below 1 MB: 7,200
   *     samples of about 85 bytes of JSON are 612 KB. Rows that are too large all the same are
   *     asked for again with a quarter of it
   * @param singleSpan a range that is shorter holds one sample of a series, and a plain row is less
   *     than a series of one
   * @param metricsMax metrics for which is remembered what their columns and rows were like
   */
  record Grouped(int samplesMax, Duration rowSpan, Duration singleSpan, int metricsMax)
      implements ReadPlan {
    public Grouped {
      requireNonNull(rowSpan, "rowSpan");
      requireNonNull(singleSpan, "singleSpan");
      if (samplesMax < 0 || rowSpan.toMillis() < 1 || metricsMax < 1) {
        throw new IllegalArgumentException("samples, row span and metrics must be positive");
      }
    }
  }

  /** The plan for the embedded engine. */
  static ReadPlan listThenSlices() {
    return new ListThenSlices();
  }

  /** The plan for Amazon Timestream. */
  static ReadPlan grouped() {
    return new Grouped(2_000_000, Duration.ofHours(2), Duration.ofSeconds(15), 1_000);
  }
}
