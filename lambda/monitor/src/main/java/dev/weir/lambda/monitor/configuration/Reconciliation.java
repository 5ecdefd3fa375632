// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.configuration.DriftReport.Trouble;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.schedule.AtOnce;
import dev.weir.lambda.monitor.schedule.Calls;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes everything that runs sites as the table wants it, whatever its stream has lost. What
 * differs is looked at once more, site by site, before it is mended: the table goes on changing
 * while it is compared.
 */
final class Reconciliation {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  private final SiteItems items;
  private final Map<String, SiteSchedules> schedules;
  private final TickSites tick;
  private final SiteKeeper keeper;
  private final Calls calls;
  private final InstantSource time;

  Reconciliation(
      SiteItems items,
      Map<String, SiteSchedules> schedules,
      TickSites tick,
      SiteKeeper keeper,
      Calls calls,
      InstantSource time) {
    this.items = items;
    this.schedules = Map.copyOf(schedules);
    this.tick = tick;
    this.keeper = keeper;
    this.calls = calls;
    this.time = time;
  }

  /**
   * Compares all regions with the table.
   *
   * @param dryRun whether what differs is only told
   * @param deadline nothing is begun to be mended after it
   */
  public DriftReport run(boolean dryRun, Instant deadline) {
    Map<String, Long> before = calls.counts();
    Comparison comparison = new Comparison(schedules, tick);
    items.each(comparison::wanted);
    comparison.documents(tick.all());
    for (SiteSchedules region : schedules.values()) {
      try {
        comparison.region(region, region.list());
      } catch (StoreException e) {
        LOG.atError()
            .addKeyValue("region", region.region())
            .addKeyValue("reason", FunctionLog.reason(e))
            .log("Schedules of a region can't be listed");
        comparison.failed(region.region(), FunctionLog.reason(e));
      }
    }
    for (Trouble each : comparison.refused()) {
      FunctionLog.refused(LOG, each.what(), each.reason());
    }
    Mending mending = new Mending(comparison, deadline);
    if (!dryRun) {
      mending.run();
    }
    List<Trouble> failed = new ArrayList<>(comparison.failed());
    failed.addAll(mending.failed);
    DriftReport report =
        new DriftReport(
            dryRun,
            comparison.sites(),
            comparison.drift(),
            comparison.refused(),
            failed,
            comparison.foreign(),
            mending.mended,
            since(before));
    LOG.atInfo()
        .addKeyValue("sites", report.sites())
        .addKeyValue("drift", report.drift().size())
        .addKeyValue("mended", report.mended())
        .addKeyValue("refused", report.refused().size())
        .addKeyValue("failed", report.failed().size())
        .log("Schedules were compared with the table");
    return report;
  }

  private Map<String, Long> since(Map<String, Long> before) {
    Map<String, Long> since = new TreeMap<>();
    calls
        .counts()
        .forEach((operation, count) -> {
          long more = count - before.getOrDefault(operation, 0L);
          if (more > 0) {
            since.put(operation, more);
          }
        });
    return since;
  }

  /** Sites first, so that a shard's schedule goes only when nothing wants it any more. */
  private final class Mending {

    private final Comparison comparison;
    private final Instant deadline;
    private final List<Trouble> failed = new ArrayList<>();
    private int mended;

    Mending(Comparison comparison, Instant deadline) {
      this.comparison = comparison;
      this.deadline = deadline;
    }

    void run() {
      Map<SiteKey, Set<Placement>> sites = new LinkedHashMap<>();
      Map<SiteKey, Integer> drifts = new LinkedHashMap<>();
      comparison
          .drifted()
          .forEach(each -> {
            sites.computeIfAbsent(each.site(), any -> new LinkedHashSet<>()).add(each.place());
            drifts.merge(each.site(), 1, Integer::sum);
          });
      all(
          List.copyOf(sites.entrySet()),
          site -> site.getKey().toString(),
          site -> {
            SiteKeeper.Outcome outcome =
                keeper.settle(site.getKey(), site.getValue(), Optional.empty());
            if (!outcome.refused().isEmpty()) {
              throw new StoreException(
                  StoreException.Kind.BAD_REQUEST, String.join("; ", outcome.refused()));
            }
            return drifts.getOrDefault(site.getKey(), 0);
          });
      all(
          comparison.strayDocuments(),
          TickSites.Place::id,
          place -> {
            tick.remove(place);
            return 1;
          });
      all(
          comparison.driftedShards(),
          shard -> "shard %d of %s".formatted(shard.shard(), shard.region()),
          shard -> {
            tick.keep(shard.region(), shard.shard());
            return 1;
          });
    }

    private <T> void all(List<T> things, Function<T, String> name, Function<T, Integer> mend) {
      AtOnce.each(
              things,
              thing -> {
                if (!time.instant().isBefore(deadline)) {
                  return Optional.of(
                      new Trouble(name.apply(thing), "no time was left; the next run goes on"));
                }
                try {
                  count(mend.apply(thing));
                  return Optional.<Trouble>empty();
                } catch (StoreException e) {
                  FunctionLog.postponed(LOG, name.apply(thing), FunctionLog.reason(e));
                  return Optional.of(new Trouble(name.apply(thing), FunctionLog.reason(e)));
                }
              })
          .forEach(trouble -> trouble.ifPresent(failed::add));
    }

    private synchronized void count(int more) {
      mended += more;
    }
  }
}
