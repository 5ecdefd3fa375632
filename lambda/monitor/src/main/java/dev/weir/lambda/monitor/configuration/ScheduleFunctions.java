// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.document.Documents;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.document.DynamoDocuments;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.schedule.Calls;
import dev.weir.lambda.monitor.schedule.RuleSchedules;
import dev.weir.lambda.monitor.schedule.SchedulerSchedules;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.lambda.monitor.settings.RegionTargets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together what the functions need that keep schedules, as their variables say. */
public final class ScheduleFunctions implements AutoCloseable {

  private final AwsClients clients = new AwsClients();
  private final FunctionMetrics metrics;
  private final StreamChanges changes;
  private final Reconciliation reconciliation;

  private ScheduleFunctions(FunctionSettings settings, InstantSource time) {
    this.metrics = FunctionMetrics.of(settings.variables());
    Calls calls = Calls.patient();
    String home = settings.homeRegion();
    Map<String, SiteSchedules> schedules = schedules(settings, calls);
    SiteItems items = new TableItems(clients.dynamoDb(home), settings.sitesTable(), home, calls);
    Documents documents =
        new DynamoDocuments(
            clients.dynamoDb(home), home, settings.sitesTable(), settings.documentsTable());
    TickSites tick = new TickSites(documents, schedules, settings.shards());
    SiteKeeper keeper = new SiteKeeper(items, schedules, tick);
    this.changes = new StreamChanges(keeper, home, new ScheduleCounts(metrics), time);
    this.reconciliation = new Reconciliation(items, schedules, tick, keeper, calls, time);
  }

  /**
   * As the variables say; nothing is called yet.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static ScheduleFunctions of(FunctionSettings settings) {
    return new ScheduleFunctions(settings, InstantSource.system());
  }

  private Map<String, SiteSchedules> schedules(FunctionSettings settings, Calls calls) {
    Map<String, SiteSchedules> schedules = new TreeMap<>();
    Map<String, String> deadLetters = settings.scheduleDeadLetters();
    settings
        .regions()
        .forEach((region, targets) ->
            schedules.put(
                region,
                switch (settings.schedules()) {
                  case SCHEDULER ->
                      scheduler(
                          settings,
                          region,
                          targets,
                          Optional.ofNullable(deadLetters.get(region)),
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

  private SiteSchedules scheduler(
      FunctionSettings settings,
      String region,
      RegionTargets targets,
      Optional<String> deadLetters,
      Calls calls) {
    return new SchedulerSchedules(
        region,
        targets,
        new SchedulerSchedules.Options(
            settings.scheduleGroupPrefix(), settings.schedulerRole(), deadLetters),
        clients.scheduler(region),
        calls);
  }

  public StreamChanges changes() {
    return changes;
  }

  public Reconciliation reconciliation() {
    return reconciliation;
  }

  /** To be flushed at the end of an invocation. */
  public FunctionMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    clients.close();
  }
}
