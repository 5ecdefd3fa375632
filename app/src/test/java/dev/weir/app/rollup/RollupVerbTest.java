// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.StoreException;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.kit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupVerbTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:30:00Z");
  private static final TableRules RULES = TableRules.own(Duration.ofDays(30));

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock(NOW);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final List<Optional<URI>> asked = new ArrayList<>();

  @Test
  void makesTheHoursOfEachCustomerUpToNow() {
    try (EmbeddedStore store = store()) {
      write(store, "default", 11, 10, 9);
      write(store, "acme", 11);
      HourlyRollup rollup =
          new HourlyRollup(
              store, store, store, table -> store.createIfMissing(table, RULES), clock);
      assertThat(run(rollup, "--from=2026-03-10T10:40:00Z", "--customers=default,acme,nobody"))
          .isZero();
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            CPTMonitoring.WebsiteMonitoringHourly: 2 made
            CPTMonitoring-acme.WebsiteMonitoringHourly: 1 made
            CPTMonitoring-nobody.WebsiteMonitoringHourly: 0 made
            """);
    assertThat(asked).containsExactly(Optional.of(URI.create("http://127.0.0.1:9201")));
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    try (EmbeddedStore store = store()) {
      HourlyRollup rollup =
          new HourlyRollup(
              store,
              store,
              store,
              table -> {
                throw new StoreException(StoreException.Kind.DENIED, "not\nyours");
              },
              clock);
      write(store, "default", 11);
      assertThat(run(rollup)).isOne();
      assertThat(run(rollup, "--from=yesterday")).isOne();
      assertThat(run(rollup, "--from=2026-03-10T12:00:00Z")).isOne();
      assertThat(run(rollup, "--from=2026-03-10", "--endpoint=amazon")).isOne();
      assertThat(run(rollup, "--from=2026-03-10", "--customers=no spaces")).isOne();
      HourlyRollup overTheWire = new HourlyRollup(store, store, store, _ -> {}, clock);
      assertThat(run(overTheWire, "--from=2026-03-10", "--to=2030-01-01")).isOne();
    }
    assertThat(error.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("--from is missing"),
            line -> assertThat(line).contains("yesterday").contains("a time such as"),
            line -> assertThat(line).contains("1 to 8784 whole hours can be made, not 0"),
            line -> assertThat(line).contains("not yours"),
            line -> assertThat(line).contains("no spaces"),
            line ->
                assertThat(line)
                    .contains("table CPTMonitoring.WebsiteMonitoringHourly is not there"));
    assertThat(asked).contains(Optional.empty());
  }

  private int run(HourlyRollup rollup, String... flags) {
    List<String> words = new ArrayList<>(List.of("rollup"));
    words.addAll(List.of(flags));
    RollupVerb verb =
        new RollupVerb(
            endpoint -> {
              asked.add(endpoint);
              return rollup;
            },
            clock);
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            Map.of(),
            folder);
    return new CommandLine(List.of(verb), terminal).run(words);
  }

  private EmbeddedStore store() {
    return EmbeddedStore.open(EmbeddedStoreOptions.of(folder.resolve("data")).withClock(clock));
  }

  private static void write(EmbeddedStore store, String customer, int... hours) {
    var table = CheckTables.ORIGINAL.results(customer);
    store.createIfMissing(table, RULES);
    Series series =
        Series.of("check", List.of(new Dimension("siteId", "shop"), new Dimension("region", "eu")));
    for (int hour : hours) {
      long nanos = Instant.parse("2026-03-10T00:00:00Z").getEpochSecond() * 1_000_000_000L;
      Point point =
          new Point(
              series,
              nanos + Duration.ofHours(hour).toNanos(),
              new Measure.OfMulti(
                  List.of(
                      new Measure.Named("requests", new Measure.OfBigint(0)),
                      new Measure.Named("failed_requests", new Measure.OfBigint(0)),
                      new Measure.Named("schedule_lag", new Measure.OfDouble(1)))));
      store.write(table, PointBatch.of(List.of(point)), NOW.plusSeconds(60));
    }
  }
}
