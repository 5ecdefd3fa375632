// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.monitor.record.CheckTables;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.store.QueryRequest;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.kit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each statement of {@code docs/data-model.md} over tables as remote write and checks do. */
class DataModelPageTest {

  private static final Path PAGE = Path.of("../docs/data-model.md");
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)\n```", Pattern.DOTALL);
  private static final TableName TABLE = new TableName("metrics", "samples");
  private static final TableName CHECKS = CheckTables.ORIGINAL.results("default");
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  /** Prometheus' staleness marker (model/value, StaleNaN). */
  private static final long STALE_BITS = 0x7ff0000000000002L;

  @TempDir private static Path folder;
  private static EmbeddedStore store;

  @BeforeAll
  static void fill() {
    ManualClock clock = new ManualClock(NOW);
    store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
    store.createIfMissing(TABLE, TableRules.own(Duration.ofDays(30)));
    PointBatch.Builder batch = new PointBatch.Builder(1_000);
    for (int minute = 0; minute < 40; minute++) {
      long nanos = NOW.minus(Duration.ofMinutes(40 - minute)).getEpochSecond() * 1_000_000_000L;
      for (String instance : List.of("a:9100", "b:9100")) {
        batch.addDouble(node("node_memory_MemAvailable_bytes", instance), nanos, 1e9 + minute);
        batch.addDouble(node("node_load1", instance), nanos, minute / 10.0);
        batch.addDouble(node("up", instance), nanos, 1);
        for (String code : List.of("200", "500")) {
          // It begins anew in the middle, as after a restart.
          batch.addDouble(requests(instance, code), nanos, 60.0 * (minute % 20));
        }
      }
    }
    long end = NOW.minus(Duration.ofMinutes(1)).getEpochSecond() * 1_000_000_000L + 1_000_000;
    batch.addBigint(node("up~bits", "b:9100"), end, STALE_BITS);
    assertThat(store.write(TABLE, batch.build(), Instant.now().plusSeconds(30)).rejections())
        .isEmpty();
    fillChecks();
  }

  private static void fillChecks() {
    store.createIfMissing(CHECKS, TableRules.own(Duration.ofDays(30)));
    PointBatch.Builder batch = new PointBatch.Builder(100);
    Series shop =
        Series.of(
            "check", List.of(new Dimension("siteId", "shop"), new Dimension("region", "local")));
    for (int minute = 0; minute < 40; minute++) {
      boolean missed = minute % 10 == 9;
      List<Measure.Named> values = new ArrayList<>();
      values.add(new Measure.Named("requests", new Measure.OfBigint(missed ? 0 : 5)));
      if (missed) {
        values.add(
            new Measure.Named("error_message", new Measure.OfVarchar("this slot was missed")));
      } else {
        values.add(new Measure.Named("endpoint_up", new Measure.OfBoolean(minute < 38)));
        values.add(new Measure.Named("latency", new Measure.OfDouble(0.1 + minute / 100.0)));
        values.add(
            new Measure.Named(
                "error_class", new Measure.OfVarchar(minute < 38 ? "none" : "reset")));
      }
      long nanos = NOW.minus(Duration.ofMinutes(40 - minute)).getEpochSecond() * 1_000_000_000L;
      batch.add(new Point(shop, nanos, new Measure.OfMulti(values)));
    }
    assertThat(store.write(CHECKS, batch.build(), Instant.now().plusSeconds(30)).rejections())
        .isEmpty();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  static List<String> statements() throws IOException {
    return SQL.matcher(Files.readString(PAGE)).results().map(match -> match.group(1)).toList();
  }

  @Test
  void hasStatements() throws IOException {
    assertThat(statements()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void eachStatementFindsSomething(String sql) {
    assertThat(run(sql).rowCount()).as(sql).isPositive();
  }

  @Test
  void theRateIsWhatPrometheusWouldSay() throws IOException {
    String rate =
        statements().stream().filter(sql -> sql.contains("per_second")).findFirst().orElseThrow();
    ResultPage page = run(rate);
    ColumnVector.Doubles perSecond = (ColumnVector.Doubles) page.columns().getLast().values();
    // Sixty a minute at each of two instances; the bucket of the restart misses one step.
    assertThat(perSecond.values()[2]).isEqualTo(2.0);
    for (int i = 0; i < page.rowCount(); i++) {
      assertThat(perSecond.values()[i]).isBetween(1.0, 2.0);
    }
  }

  @Test
  void theLastRunIsNotAMissedSlot() throws IOException {
    String last =
        statements().stream().filter(sql -> sql.contains("AS why")).findFirst().orElseThrow();
    ColumnVector.Booleans up = (ColumnVector.Booleans) run(last).column("up").values();
    assertThat(up.nulls()).isNull();
    assertThat(up.values()).containsExactly(false);
  }

  private static ResultPage run(String sql) {
    return store.run(new QueryRequest(sql, Scope.all(), NOW.plusSeconds(30))).page();
  }

  private static Series node(String metric, String instance) {
    return Series.of(
        metric, List.of(new Dimension("instance", instance), new Dimension("job", "node")));
  }

  private static Series requests(String instance, String code) {
    return Series.of(
        "http_requests_total",
        List.of(
            new Dimension("code", code),
            new Dimension("instance", instance),
            new Dimension("job", "api")));
  }
}
