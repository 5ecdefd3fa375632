// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.result.SiteSeries.Bin;
import dev.weir.api.result.SiteSeries.Region;
import dev.weir.api.result.SiteSeries.Totals;
import dev.weir.monitor.rollup.HourlySums;
import dev.weir.monitor.rollup.LatencyHistogram;
import dev.weir.monitor.rollup.SiteHour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Series made of hours: a long range costs no more than its hours. Percentiles come from merged
 * buckets, and are at most {@link LatencyHistogram#ERROR_MAX} off; so is the slowest run.
 */
final class SeriesOfHours {

  private SeriesOfHours() {}

  /** The series of these sums, by the beginnings of bins; phases are not known of hours. */
  static SiteSeries of(Bins bins, Map<SiteHour, HourlySums> sums) {
    HourlySums[] all = none(bins);
    HourlySums total = HourlySums.NONE;
    TreeMap<String, HourlySums[]> regions = new TreeMap<>();
    for (Map.Entry<SiteHour, HourlySums> each : sums.entrySet()) {
      int index = bins.index(each.getKey().hour().toEpochMilli());
      if (index >= 0) {
        HourlySums[] region = regions.computeIfAbsent(each.getKey().region(), _ -> none(bins));
        region[index] = region[index].plus(each.getValue());
        all[index] = all[index].plus(each.getValue());
        total = total.plus(each.getValue());
      }
    }
    List<Region> ofRegions = new ArrayList<>();
    regions.forEach((name, region) -> ofRegions.add(region(name, region)));
    return new SiteSeries(
        bins, Arrays.stream(all).map(SeriesOfHours::bin).toList(), ofRegions, totals(total));
  }

  private static HourlySums[] none(Bins bins) {
    return Collections.nCopies(bins.count(), HourlySums.NONE).toArray(HourlySums[]::new);
  }

  private static Region region(String name, HourlySums[] bins) {
    HourlySums total = HourlySums.NONE;
    List<@Nullable Double> means = new ArrayList<>();
    for (HourlySums bin : bins) {
      total = total.plus(bin);
      means.add(mean(bin));
    }
    return new Region(name, totals(total), means);
  }

  private static Bin bin(HourlySums sums) {
    return new Bin(
        sums.runs(),
        sums.failed(),
        sums.missed(),
        mean(sums),
        percentile(sums, 0.5),
        percentile(sums, 0.95),
        percentile(sums, 1),
        Map.of());
  }

  private static Totals totals(HourlySums sums) {
    Map<Integer, @Nullable Double> percentiles = new HashMap<>();
    SiteSeries.PERCENTILES.forEach(
        percent -> percentiles.put(percent, percentile(sums, percent / 100.0)));
    return new Totals(sums.runs(), sums.failed(), sums.missed(), percentiles);
  }

  static @Nullable Double mean(HourlySums sums) {
    long count = sums.latency().count();
    return count == 0 ? null : sums.latencySeconds() / count;
  }

  static @Nullable Double percentile(HourlySums sums, double share) {
    OptionalDouble percentile = sums.latency().percentile(share);
    return percentile.isPresent() ? percentile.getAsDouble() : null;
  }
}
