// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.rollup.HourlySums;
import dev.weir.monitor.rollup.LatencyHistogram;
import dev.weir.monitor.rollup.SiteHour;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.kit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hourly rollups by the SQL of the embedded engine. */
class HourlyRollupTest {

  private static final Instant HOUR = Instant.parse("2026-03-10T12:00:00Z");
  private static final TableName RESULTS = CheckTables.ORIGINAL.results("acme");
  private static final TableName HOURLY = CheckTables.ORIGINAL.hourly("acme");

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock(HOUR.plus(Duration.ofHours(3)));
  private EmbeddedStore store;
  private HourlyRollup rollup;

  @BeforeEach
  void open() {
    store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
    TableRules rules = TableRules.own(Duration.ofDays(30));
    rollup =
        new HourlyRollup(store, store, store, table -> store.createIfMissing(table, rules), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void sumsAnHourOfEachSiteAndRegion() {
    write(
        up("shop", "eu", 0, 0.05, 2),
        up("shop", "eu", 60, 0.15, 4),
        down("shop", "eu", 120, true),
        down("shop", "eu", 180, false),
        missed("shop", "eu", 240),
        up("shop", "us", 0, 0.2, 1),
        up("shop", "eu", 3_600, 1.5, 1),
        up("blog", "eu", 3_599, 0.000_05, 1));
    assertThat(rollup.rebuild(RESULTS, HOURLY, HOUR, HOUR.plus(Duration.ofHours(2)))).isEqualTo(4);
    Map<SiteHour, HourlySums> hours = read();
    assertThat(hours).hasSize(4);
    HourlySums shop = hours.get(new SiteHour("shop", "eu", HOUR));
    assertThat(shop)
        .usingRecursiveComparison()
        .ignoringFields("latency", "latencySeconds", "lagSeconds", "lagMaxSeconds")
        .isEqualTo(new HourlySums(4, 2, 2, 1, 1, 20, 12, 0, 0, 0, LatencyHistogram.EMPTY));
    assertThat(shop.latencySeconds()).isCloseTo(0.2, within(1e-12));
    assertThat(shop.lagSeconds()).isCloseTo(0.04, within(1e-12));
    assertThat(shop.lagMaxSeconds()).isEqualTo(0.01);
    assertThat(shop.latency().count()).isEqualTo(2);
    assertThat(hours.get(new SiteHour("blog", "eu", HOUR)).latency().count(0)).isOne();
    assertThat(hours.get(new SiteHour("shop", "eu", HOUR.plus(Duration.ofHours(1)))).runs())
        .isOne();
    assertThat(rollup.read(HOURLY, "blog", HOUR, HOUR.plus(Duration.ofHours(2)))).hasSize(1);
  }

  @Test
  void madeAgainItReplacesWhatWasThere() {
    write(up("shop", "eu", 0, 0.05, 1));
    rebuild();
    rebuild();
    assertThat(read().get(new SiteHour("shop", "eu", HOUR)).runs()).isOne();
    write(up("shop", "eu", 60, 0.07, 1), down("shop", "eu", 120, false));
    clock.advance(Duration.ofMinutes(1));
    rebuild();
    assertThat(read()).hasSize(1);
    assertThat(read().get(new SiteHour("shop", "eu", HOUR)).runs()).isEqualTo(3);
  }

  @Test
  void percentilesOfMergedHoursAreWithinTheirBound() {
    Random random = new Random(20_260_310);
    List<Point> points = new ArrayList<>();
    List<Double> latencies = new ArrayList<>();
    for (int i = 0; i < 7_000; i++) {
      double latency = Math.exp(random.nextGaussian() * 1.5 - 3); // around 50 ms, a long tail
      latencies.add(latency);
      points.add(up("shop", "eu", i, latency, 1));
    }
    write(points.toArray(Point[]::new));
    rebuild();
    LatencyHistogram merged =
        read().values().stream().reduce(HourlySums.NONE, HourlySums::plus).latency();
    assertThat(read()).hasSize(2);
    assertThat(merged.count()).isEqualTo(7_000);
    latencies.sort(null);
    for (double share : List.of(0.5, 0.9, 0.95, 0.99, 0.999)) {
      double exact = latencies.get((int) Math.ceil(share * 7_000) - 1);
      assertThat(merged.percentile(share).orElseThrow())
          .as("%s of %s s", share, exact)
          .isCloseTo(exact, within(exact * LatencyHistogram.ERROR_MAX));
    }
  }

  @Test
  void knowsTablesInWhichNothingEverSucceeded() {
    assertThat(rebuild()).isZero();
    write(missed("shop", "eu", 0));
    assertThat(rebuild()).isOne();
    assertThat(read().get(new SiteHour("shop", "eu", HOUR)).missed()).isOne();
    write(down("shop", "eu", 60, false));
    clock.advance(Duration.ofMinutes(1));
    rebuild();
    HourlySums sums = read().get(new SiteHour("shop", "eu", HOUR));
    assertThat(sums.failed()).isOne();
    assertThat(sums.latency().percentile(0.5)).isEmpty();
  }

  @Test
  void makesManyHoursInSteps() {
    Instant first = HOUR.minus(Duration.ofHours(20));
    for (int hour = 0; hour < 20; hour++) {
      write(up("shop", "eu", (hour - 20) * 3_600, 0.05, 1));
    }
    assertThat(rollup.rebuild(RESULTS, HOURLY, first, HOUR)).isEqualTo(20);
    assertThat(rollup.read(HOURLY, null, first, HOUR)).hasSize(20);
  }

  @Test
  void refusesNoHoursAndTooMany() {
    assertThatThrownBy(() -> rollup.rebuild(RESULTS, HOURLY, HOUR, HOUR.plusSeconds(3_599)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("1 to 8784 whole hours can be made, not 0");
    assertThatThrownBy(
            () -> rollup.rebuild(RESULTS, HOURLY, HOUR.minus(Duration.ofDays(367)), HOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 8808");
  }

  private int rebuild() {
    return rollup.rebuild(RESULTS, HOURLY, HOUR, HOUR.plus(Duration.ofHours(2)));
  }

  private Map<SiteHour, HourlySums> read() {
    return rollup.read(HOURLY, null, HOUR, HOUR.plus(Duration.ofHours(2)));
  }

  private void write(Point... points) {
    store.createIfMissing(RESULTS, TableRules.own(Duration.ofDays(30)));
    assertThat(
            store
                .write(RESULTS, PointBatch.of(List.of(points)), clock.instant().plusSeconds(60))
                .rejections())
        .isEmpty();
  }

  private static Point up(String site, String region, int second, double latency, int failed) {
    return point(
        site,
        region,
        second,
        named("endpoint_up", new Measure.OfBoolean(true)),
        named("latency", new Measure.OfDouble(latency)),
        named("requests", new Measure.OfBigint(5)),
        named("failed_requests", new Measure.OfBigint(failed)),
        named("schedule_lag", new Measure.OfDouble(0.01)),
        named("doubtful", new Measure.OfBoolean(false)));
  }

  private static Point down(String site, String region, int second, boolean doubtful) {
    return point(
        site,
        region,
        second,
        named("endpoint_up", new Measure.OfBoolean(false)),
        named("requests", new Measure.OfBigint(5)),
        named("failed_requests", new Measure.OfBigint(3)),
        named("schedule_lag", new Measure.OfDouble(0.01)),
        named("doubtful", new Measure.OfBoolean(doubtful)));
  }

  private static Point missed(String site, String region, int second) {
    return point(
        site,
        region,
        second,
        named("requests", new Measure.OfBigint(0)),
        named("failed_requests", new Measure.OfBigint(0)),
        named("schedule_lag", new Measure.OfDouble(10)),
        named("error_message", new Measure.OfVarchar("this slot was missed")));
  }

  private static Point point(String site, String region, int second, Measure.Named... values) {
    return new Point(
        Series.of("check", List.of(new Dimension("siteId", site), new Dimension("region", region))),
        HOUR.plusSeconds(second).getEpochSecond() * 1_000_000_000L,
        new Measure.OfMulti(List.of(values)));
  }

  private static Measure.Named named(String name, Measure value) {
    return new Measure.Named(name, value);
  }
}
