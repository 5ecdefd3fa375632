// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.schedule.Calls;
import dev.weir.lambda.monitor.schedule.RuleSchedules;
import dev.weir.lambda.monitor.schedule.SchedulerSchedules;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the functions do that keep schedules, each with its event; made once, and kept. */
public final class ScheduleFunctions {

  /** No site is begun in the last quarter of an invocation's time, or its last ten seconds. */
  private static final int RESERVE_PART = 4;

  private static final Duration RESERVE_MAX = Duration.ofSeconds(10);

  private final StreamChanges changes;
  private final Reconciliation reconciliation;
  private final FunctionMetrics metrics;
  private final InstantSource time;

  private ScheduleFunctions(
      StreamChanges changes,
      Reconciliation reconciliation,
      FunctionMetrics metrics,
      InstantSource time) {
    this.changes = changes;
    this.reconciliation = reconciliation;
    this.metrics = metrics;
    this.time = time;
  }

  /**
   * As the variables say.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static ScheduleFunctions of(FunctionParts parts) {
    FunctionSettings settings = parts.settings();
    InstantSource time = parts.clock();
    Calls calls = Calls.patient();
    String home = settings.homeRegion();
    Map<String, SiteSchedules> schedules = schedules(settings, parts.clients(), calls);
    SiteItems items =
        new TableItems(parts.clients().dynamoDb(home), settings.sitesTable(), home, calls);
    TickSites tick = new TickSites(parts.documents(), schedules, settings.shards());
    SiteKeeper keeper = new SiteKeeper(items, schedules, tick);
    return new ScheduleFunctions(
        new StreamChanges(keeper, home, new ScheduleCounts(parts.metrics()), time),
        new Reconciliation(items, schedules, tick, keeper, calls, time),
        parts.metrics(),
        time);
  }

  /**
   * Has schedules follow the changes of the table of sites.
   *
   * @param event of the table's stream, as JSON
   * @param remaining until Lambda ends the invocation
   * @return JSON that names the records that failed
   * @throws IllegalArgumentException for what is no event of a stream, or has a bad record that
   *     can't be named
   */
  public String configure(String event, Duration remaining) {
    return changes
        .apply(StreamEvent.read(event.getBytes(StandardCharsets.UTF_8)), deadline(remaining))
        .answer();
  }

  /**
   * Compares all schedules with the table of sites, and mends what differs.
   *
   * @param event with {@code "dryRun":true} nothing is mended
   * @param remaining until Lambda ends the invocation
   * @return the report as JSON
   */
  public String reconcile(String event, Duration remaining) {
    DriftReport report =
        reconciliation.run(
            ReconcileOrder.read(event.getBytes(StandardCharsets.UTF_8)).dryRun(),
            deadline(remaining));
    metrics.add("SchedulesDrifted", report.drift().size());
    metrics.add("SchedulesMended", report.mended());
    metrics.add("SitesRefused", report.refused().size());
    metrics.add("ReconcileFailures", report.failed().size());
    return report.json();
  }

  private Instant deadline(Duration left) {
    Duration part = left.dividedBy(RESERVE_PART);
    return time.instant().plus(left).minus(part.compareTo(RESERVE_MAX) < 0 ? part : RESERVE_MAX);
  }

  private static Map<String, SiteSchedules> schedules(
      FunctionSettings settings, AwsClients clients, Calls calls) {
    Map<String, SiteSchedules> schedules = new TreeMap<>();
    Map<String, String> deadLetters = settings.scheduleDeadLetters();
    settings
        .regions()
        .forEach((region, targets) ->
            schedules.put(
                region,
                switch (settings.schedules()) {
                  case SCHEDULER ->
                      new SchedulerSchedules(
                          region,
                          targets,
                          new SchedulerSchedules.Options(
                              settings.scheduleGroupPrefix(),
                              settings.schedulerRole(),
                              Optional.ofNullable(deadLetters.get(region))),
                          clients.scheduler(region),
                          calls);
                  case RULES ->
                      new RuleSchedules(
                          region,
                          targets,
                          settings.rulePrefix(),
                          clients.eventBridge(region),
                          calls);
                }));
    return schedules;
  }
}
