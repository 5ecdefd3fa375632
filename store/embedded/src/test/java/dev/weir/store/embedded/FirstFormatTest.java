// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.ColumnVector;
import dev.weir.query.Scope;
import dev.weir.store.QueryRequest;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.administration.DatabaseDetails;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.kit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens a folder that the last Weir of format 1 wrote: two tables and five rows in the file, one
 * more table, other rules, an overwrite and a nanosecond in the log.
 */
class FirstFormatTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final TableName POINTS = new TableName("weir", "points");

  private final ManualClock clock = new ManualClock(NOW.plusSeconds(60));

  @TempDir Path folder;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream resource =
            Objects.requireNonNull(getClass().getResourceAsStream("format-1.zip"));
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    assertThat(folder.resolve("format")).hasContent("1");
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
  }

  private long number(EmbeddedStore store, String sql) {
    return TestPoints.number(store, sql, clock.instant());
  }

  private void expectEverything(EmbeddedStore store) {
    assertThat(store.databases()).containsExactly("late", "monitoring", "weir");
    assertThat(store.tables("late")).containsExactly("made");
    assertThat(store.describe(POINTS).orElseThrow().dimensionNames())
        .containsExactly("Host", "instance", "zone");
    assertThat(number(store, "SELECT count(*) FROM weir.points")).isEqualTo(5);
    assertThat(
            number(
                store,
                "SELECT count(*) FROM weir.points WHERE measure_value::double = 5 AND"
                    + " instance = 'b'"))
        .isEqualTo(1);
    assertThat(
            number(
                store,
                "SELECT measure_value::bigint FROM weir.points WHERE measure_name ="
                    + " 'requests'"))
        .isEqualTo(3);
    assertThat(text(store, "SELECT \"Host\" FROM weir.points WHERE measure_value::double = 4"))
        .isEqualTo("ü\t");
    assertThat(number(store, "SELECT count(*) FROM monitoring.checks WHERE latency = 0.25 AND up"))
        .isEqualTo(1);
  }

  private String text(EmbeddedStore store, String sql) {
    var page =
        store.run(new QueryRequest(sql, Scope.all(), clock.instant().plusSeconds(30))).page();
    return String.valueOf(((ColumnVector.Strings) page.columns().getFirst().values()).value(0));
  }

  @Test
  void findsEverythingAgainAlsoAfterMoreRestarts() {
    try (EmbeddedStore store = open()) {
      expectEverything(store);
    }
    assertThat(folder.resolve("format")).hasContent("2");
    try (EmbeddedStore store = open()) {
      expectEverything(store);
      assertThat(store.seal()).isTrue();
    }
    try (EmbeddedStore store = open()) {
      expectEverything(store);
    }
  }

  @Test
  void takesItsTablesForWeirsOwnMadeNow() {
    try (EmbeddedStore store = open()) {
      assertThat(store.database("weir"))
          .contains(new DatabaseDetails("weir", 1, null, clock.instant(), clock.instant()));
      assertThat(store.table(POINTS).orElseThrow().own()).isTrue();
      assertThat(store.table(POINTS).orElseThrow().properties().magneticRetention())
          .isEqualTo(Duration.ofDays(400));
      store.createIfMissing(POINTS, TableRules.own(Duration.ofDays(400)));
    }
  }

  @Test
  void givesNewThingsNumbersOfTheirOwn() {
    TableName made = new TableName("monitoring", "made");
    Series series = Series.of("heat", List.of(new Dimension("site", "s1")));
    long nanos = NOW.getEpochSecond() * 1_000_000_000L;
    try (EmbeddedStore store = open()) {
      store.createTable(made, TableProperties.DEFAULT, Map.of());
      var outcome =
          store.write(
              made,
              PointBatch.of(List.of(new Point(series, nanos, new Measure.OfDouble(7)))),
              clock.instant().plusSeconds(30));
      assertThat(outcome.accepted()).isEqualTo(1);
    }
    try (EmbeddedStore store = open()) {
      expectEverything(store);
      assertThat(store.seal()).isTrue();
      assertThat(number(store, "SELECT count(*) FROM monitoring.made")).isEqualTo(1);
      expectEverything(store);
    }
  }
}
