// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.connector;

import dev.weir.server.metrics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Sums over our own metrics, as they are at one moment. */
final class Figures {

  private final List<Sample> samples;

  Figures(List<Sample> samples) {
    this.samples = samples;
  }

  long sum(String name) {
    return sum(name, _ -> true);
  }

  long sum(String name, Predicate<Map<String, String>> labels) {
    return Math.round(
        samples.stream()
            .filter(sample -> sample.name().equals(name) && labels.test(sample.labels()))
            .mapToDouble(Sample::value)
            .sum());
  }

  /** Those of a name that are not zero. */
  List<Sample> all(String name) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.value() > 0)
        .toList();
  }

  /**
   * The bound of the bucket below which this share of a histogram's observations is, over all its
   * labels; empty where there is none, or only the last bucket says so.
   */
  OptionalDouble percentile(String histogram, double share) {
    TreeMap<Double, Double> buckets = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.name().equals(histogram + "_bucket")) {
        String bound = String.valueOf(sample.labels().get("le"));
        double upper = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        buckets.merge(upper, sample.value(), Double::sum);
      }
    }
    if (buckets.isEmpty() || buckets.lastEntry().getValue() == 0) {
      return OptionalDouble.empty();
    }
    double rank = share * buckets.lastEntry().getValue();
    List<Double> bounds = new ArrayList<>(buckets.keySet());
    for (Double bound : bounds) {
      if (buckets.getOrDefault(bound, 0.0) >= rank && !bound.isInfinite()) {
        return OptionalDouble.of(bound);
      }
    }
    return OptionalDouble.empty();
  }
}
