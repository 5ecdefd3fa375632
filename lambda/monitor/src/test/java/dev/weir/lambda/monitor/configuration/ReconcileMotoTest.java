// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.document.DynamoDocuments;
import dev.weir.lambda.monitor.schedule.AtOnce;
import dev.weir.lambda.monitor.schedule.Calls;
import dev.weir.lambda.monitor.schedule.FoundSchedule;
import dev.weir.lambda.monitor.schedule.Moto;
import dev.weir.lambda.monitor.schedule.RuleSchedules;
import dev.weir.lambda.monitor.schedule.Samples;
import dev.weir.lambda.monitor.schedule.SchedulerSchedules;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A whole table made so against AWS as moto plays it, and the figures of that in the log: {@code
 * WEIR_RECONCILE_SITES} says how many sites, a few for every build.
 */
class ReconcileMotoTest {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileMotoTest.class);
  private static final int SITES =
      Integer.parseInt(System.getenv().getOrDefault("WEIR_RECONCILE_SITES", "120"));
  private static final int TICKED_EACH = 10;

  @AutoClose
  @SuppressWarnings("NullAway.Init")
  private static Moto moto;

  private final Calls calls = new Calls(pause -> {}, new Random(1));

  @BeforeAll
  static void start() {
    moto = Moto.started();
  }

  @Test
  void aWholeTableIsMadeSoInTheScheduler() {
    String region = "eu-west-1";
    isMadeSo(
        region,
        SITES,
        new SchedulerSchedules(
            region,
            Samples.targets(region),
            new SchedulerSchedules.Options("cpt-monitoring-", Samples.ROLE, Optional.empty()),
            moto.scheduler(region),
            calls));
  }

  @Test
  void aWholeTableIsMadeSoInRules() {
    String region = "eu-central-1";
    isMadeSo(
        region,
        Math.min(SITES, 250),
        new RuleSchedules(
            region, Samples.targets(region), "CPT_WSMon_RULE_", moto.rules(region), calls));
  }

  private void isMadeSo(String region, int sites, SiteSchedules schedules) {
    DynamoDbClient tables = moto.tables(region);
    table(tables, "sites", "SiteId", null);
    table(tables, "documents", "collection", "id");
    AtOnce.each(
        IntStream.range(0, sites).boxed().toList(),
        i ->
            tables.putItem(
                request -> request.tableName("sites").item(Events.item(item("site-" + i, i)))));
    Map<String, SiteSchedules> regions = Map.of(region, schedules);
    TickSites tick =
        new TickSites(new DynamoDocuments(tables, region, "sites", "documents"), regions, 4);
    SiteItems items = new TableItems(tables, "sites", region, calls);
    Reconciliation reconciliation =
        new Reconciliation(
            items,
            regions,
            tick,
            new SiteKeeper(items, regions, tick),
            calls,
            InstantSource.system());

    DriftReport first = timed("first run", reconciliation);
    assertThat(first.failed()).isEmpty();
    assertThat(first.refused()).isEmpty();
    int ticked = (sites + TICKED_EACH - 1) / TICKED_EACH;
    assertThat(first.of(Drift.Kind.MISSING)).hasSize(sites + Math.min(4, ticked));
    assertThat(schedules.list())
        .extracting(FoundSchedule::place)
        .hasSize(sites - ticked + Math.min(4, ticked));
    assertThat(tick.all().keySet()).hasSize(ticked);

    DriftReport second = timed("second run", reconciliation);
    assertThat(second.drift()).isEmpty();
    assertThat(second.mended()).isZero();
    assertThat(second.calls().keySet())
        .noneMatch(call -> call.contains("Create") || call.contains("Put"));
  }

  /** Of ten sites one is for the tick. */
  private static String item(String siteId, int number) {
    return (number % TICKED_EACH == 0 ? Events.seconds(siteId, 30) : Events.item(siteId, 1))
        .replaceFirst(",\"regions\":\\{\"SS\":\\[[^\\]]*\\]\\}", "");
  }

  private static DriftReport timed(String name, Reconciliation reconciliation) {
    long begun = System.nanoTime();
    DriftReport report = reconciliation.run(false, Instant.now().plus(Duration.ofMinutes(15)));
    LOG.info(
        "{}: {} sites, {} drifted, {} mended in {} ms; {}",
        name,
        report.sites(),
        report.drift().size(),
        report.mended(),
        Duration.ofNanos(System.nanoTime() - begun).toMillis(),
        report.calls());
    return report;
  }

  private static void table(
      DynamoDbClient tables,
      String name,
      String hash,
      @org.jspecify.annotations.Nullable String range) {
    List<String> keys = range == null ? List.of(hash) : List.of(hash, range);
    tables.createTable(request ->
        request
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                keys.stream()
                    .map(key ->
                        AttributeDefinition.builder()
                            .attributeName(key)
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .toList())
            .keySchema(
                keys.stream()
                    .map(key ->
                        KeySchemaElement.builder()
                            .attributeName(key)
                            .keyType(key.equals(hash) ? KeyType.HASH : KeyType.RANGE)
                            .build())
                    .toList()));
  }
}
