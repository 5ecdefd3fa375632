// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last run of each site and region as the metrics of a probe, labelled with customer, site and
 * region. One without a newer result for {@link #INTERVALS_KEPT} intervals, but at least {@link
 * #KEPT_MIN}, is gone: its site was deleted, or is no longer checked. Thread-safe.
 */
public final class LatestResults implements ResultListener {

  /** One run may be late, and one missed. */
  static final int INTERVALS_KEPT = 3;

  /** As long as Prometheus itself goes on with a last value. */
  static final Duration KEPT_MIN = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Map<Place, Latest> latest = new ConcurrentHashMap<>();

  public LatestResults(InstantSource clock) {
    this.clock = clock;
  }

  private record Place(SiteKey site, String region) {}

  private record Latest(Instant start, Instant gone, List<ProbeMetric> metrics) {}

  @Override
  public void accept(SlotResult result) {
    Run run = result.run();
    if (run == null) {
      return;
    }
    Site site = result.slot().site();
    Instant start = result.slot().intendedStart();
    Duration kept = site.interval().multipliedBy(INTERVALS_KEPT);
    Instant gone = start.plus(kept.compareTo(KEPT_MIN) < 0 ? KEPT_MIN : kept);
    Latest next = new Latest(start, gone, metrics(site.check(), run));
    latest.merge(
        new Place(site.key(), result.slot().region()),
        next,
        (known, newer) -> known.start().isAfter(newer.start()) ? known : newer);
  }

  @Override
  public void forget(SiteKey site) {
    latest.keySet().removeIf(place -> place.site().equals(site));
  }

  /** Sorted by name. */
  public List<ProbeMetric> metrics() {
    Instant now = clock.instant();
    latest.values().removeIf(each -> now.isAfter(each.gone()));
    Map<String, String> help = new TreeMap<>();
    Map<String, List<ProbeMetric.Value>> values = new TreeMap<>();
    latest.forEach((place, each) -> {
      for (ProbeMetric metric : each.metrics()) {
        help.putIfAbsent(metric.name(), metric.help());
        List<ProbeMetric.Value> all = values.computeIfAbsent(metric.name(), _ -> new ArrayList<>());
        for (ProbeMetric.Value value : metric.values()) {
          all.add(labelled(place, value));
        }
      }
    });
    List<ProbeMetric> all = new ArrayList<>();
    values.forEach(
        (name, list) -> all.add(new ProbeMetric(name, help.getOrDefault(name, ""), list)));
    return all;
  }

  private static ProbeMetric.Value labelled(Place place, ProbeMetric.Value value) {
    TreeMap<String, String> labels = new TreeMap<>(value.labels());
    labels.put("customer", place.site().customer());
    labels.put("site", place.site().id());
    labels.put("region", place.region());
    return new ProbeMetric.Value(labels, value.number());
  }

  /** Of the run's last request, with the run's own success. */
  private static List<ProbeMetric> metrics(Check check, Run run) {
    Measurement last = run.measurements().getLast();
    List<ProbeMetric> all = new ArrayList<>(ProbeResult.run(run.up(), last));
    switch (check) {
      case Check.Http _ -> all.addAll(HttpMetrics.of(last));
      case Check.Tcp _ -> {
        all.add(ProbeResult.dueToExpression(last));
        all.addAll(TlsMetrics.of(last.last().peer()));
      }
      case Check.Tls _ -> all.addAll(TlsMetrics.of(last.last().peer()));
      case Check.Dns _ -> all.addAll(DnsMetrics.of(last));
    }
    return all;
  }
}
