// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns the registry's snapshots into plain samples, with the names that the text format gives. */
final class Samples {

  private final List<Sample> all = new ArrayList<>();

  private Samples() {}

  static List<Sample> of(MetricSnapshots snapshots) {
    Samples samples = new Samples();
    for (MetricSnapshot snapshot : snapshots) {
      samples.add(snapshot);
    }
    return samples.all;
  }

  private void add(MetricSnapshot snapshot) {
    String name = snapshot.getMetadata().getPrometheusName();
    switch (snapshot) {
      case CounterSnapshot counter ->
          counter.getDataPoints().forEach(p -> one(name + "_total", p, p.getValue()));
      case GaugeSnapshot gauge -> gauge.getDataPoints().forEach(p -> one(name, p, p.getValue()));
      case UnknownSnapshot unknown ->
          unknown.getDataPoints().forEach(p -> one(name, p, p.getValue()));
      case InfoSnapshot info -> info.getDataPoints().forEach(p -> one(name + "_info", p, 1));
      case HistogramSnapshot histogram -> histogram.getDataPoints().forEach(p -> buckets(name, p));
      case SummarySnapshot summary -> summary.getDataPoints().forEach(p -> quantiles(name, p));
      default -> {
        // State sets: we have none.
      }
    }
  }

  private void buckets(String name, HistogramDataPointSnapshot point) {
    long cumulative = 0;
    for (ClassicHistogramBucket bucket : point.getClassicBuckets()) {
      cumulative += bucket.getCount();
      SortedMap<String, String> labels = labels(point);
      labels.put("le", number(bucket.getUpperBound()));
      all.add(new Sample(name + "_bucket", labels, cumulative));
    }
    countAndSum(name, point);
  }

  private void quantiles(String name, SummaryDataPointSnapshot point) {
    for (Quantile quantile : point.getQuantiles()) {
      SortedMap<String, String> labels = labels(point);
      labels.put("quantile", number(quantile.getQuantile()));
      all.add(new Sample(name, labels, quantile.getValue()));
    }
    countAndSum(name, point);
  }

  private void countAndSum(String name, DistributionDataPointSnapshot point) {
    if (point.hasCount()) {
      one(name + "_count", point, point.getCount());
    }
    if (point.hasSum()) {
      one(name + "_sum", point, point.getSum());
    }
  }

  private void one(String name, DataPointSnapshot point, double value) {
    all.add(new Sample(name, labels(point), value));
  }

  private static SortedMap<String, String> labels(DataPointSnapshot point) {
    SortedMap<String, String> labels = new TreeMap<>();
    point.getLabels().forEach(label -> labels.put(label.getName(), label.getValue()));
    return labels;
  }

  private static String number(double value) {
    return value == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(value);
  }
}
