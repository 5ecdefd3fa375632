// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What earlier queries found out of the metrics that were asked for last. Nothing depends on it but
 * speed: columns are looked at again after every statement that used them. Thread-safe.
 */
final class LearnedMetrics {

  private final Map<String, Learned> metrics;

  private record Learned(@Nullable MeasureColumns columns, long spanMillis) {}

  private static final Learned NOTHING = new Learned(null, Long.MAX_VALUE);

  LearnedMetrics(int metricsMax) {
    this.metrics =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Learned> eldest) {
            return size() > metricsMax;
          }
        };
  }

  /** The columns that a metric had, or null. */
  synchronized @Nullable MeasureColumns columns(String metric) {
    return metrics.getOrDefault(metric, NOTHING).columns();
  }

  /** The span that rows of this metric may have, not more than asked for. */
  synchronized long spanMillis(String metric, long most) {
    return Math.min(most, metrics.getOrDefault(metric, NOTHING).spanMillis());
  }

  synchronized void remember(String metric, MeasureColumns columns) {
    metrics.put(metric, new Learned(columns, metrics.getOrDefault(metric, NOTHING).spanMillis()));
  }

  synchronized void remember(String metric, long spanMillis) {
    metrics.put(metric, new Learned(metrics.getOrDefault(metric, NOTHING).columns(), spanMillis));
  }
}
