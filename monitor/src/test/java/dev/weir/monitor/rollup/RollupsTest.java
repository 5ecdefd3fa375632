// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.monitor.record.CheckTables;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.RecordingPointWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When hours are made; how is tested over a real engine, by the app. */
class RollupsTest {

  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final TableName RESULTS = CheckTables.ORIGINAL.results("default");
  private static final Pattern RANGE = Pattern.compile("from_milliseconds\\((\\d+)\\)");

  private final ManualClock clock = new ManualClock(NOON);
  private final Asked asked = new Asked();
  private Set<TableName> tables = Set.of(RESULTS);
  private final Rollups rollups =
      new Rollups(
          new HourlyRollup(
              asked,
              new FixedCatalogReader(
                  List.of(
                      new TableDescription(
                          RESULTS,
                          List.of(
                              new ColumnDescription(
                                  "requests", ValueType.Scalar.BIGINT, ColumnRole.MULTI))))),
              new RecordingPointWriter(),
              _ -> {},
              clock),
          () -> tables,
          clock);

  /** Knows which hours were asked for, as hours after noon; finds nothing in them. */
  private static final class Asked implements QueryRunner {
    private final List<List<Long>> ranges = new ArrayList<>();
    private boolean down;
    private @Nullable RuntimeException refusal;
    private long refused; // the hour
    private int failed;

    @Override
    public QueryPage run(QueryRequest request) {
      if (down) {
        failed++;
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "on purpose");
      }
      Matcher times = RANGE.matcher(request.text());
      List<Long> range =
          Stream.generate(
                  () -> {
                    assertThat(times.find()).as(request.text()).isTrue();
                    return (Long.parseLong(times.group(1)) - NOON.toEpochMilli()) / 3_600_000;
                  })
              .limit(2)
              .toList();
      if (refusal != null && range.getFirst() <= refused && refused < range.getLast()) {
        failed++;
        throw refusal;
      }
      ranges.add(range);
      return new QueryPage("q", new ResultPage(List.of(), 0), null);
    }

    @Override
    public boolean cancel(String queryId) {
      return false;
    }

    private List<List<Long>> take() {
      List<List<Long>> taken = List.copyOf(ranges);
      ranges.clear();
      return taken;
    }
  }

  @Test
  void makesTheLastDayAtTheStartAndEachHourAfterItsEnd() {
    clock.advance(Duration.ofMinutes(30));
    rollups.step();
    assertThat(asked.take())
        .containsExactly(
            List.of(-24L, -18L), List.of(-18L, -12L), List.of(-12L, -6L), List.of(-6L, 0L));
    clock.advance(Duration.ofMinutes(31));
    rollups.step();
    assertThat(asked.take()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    rollups.step();
    assertThat(asked.take()).containsExactly(List.of(0L, 1L));
    rollups.step();
    assertThat(asked.take()).isEmpty();
  }

  @Test
  void makesHoursAgainThatResultsCameLateFor() {
    clock.advance(Duration.ofMinutes(30));
    rollups.step();
    asked.take();
    rollups.stored(RESULTS, at(-180, -170, -55, -5, 5, 25));
    rollups.step();
    assertThat(asked.take()).containsExactly(List.of(-3L, -2L), List.of(-1L, 0L));
    rollups.stored(RESULTS, at(5, 29));
    rollups.step();
    assertThat(asked.take()).isEmpty();
  }

  @Test
  void makesHoursBeforeTheLastDayToo() {
    clock.advance(Duration.ofMinutes(30));
    rollups.stored(RESULTS, at(-60 * 40));
    rollups.step();
    assertThat(asked.take()).startsWith(List.of(-40L, -39L)).hasSize(5);
  }

  @Test
  void triesAgainWhatFailed() {
    clock.advance(Duration.ofMinutes(30));
    rollups.step();
    asked.take();
    clock.advance(Duration.ofHours(2));
    asked.down = true;
    rollups.step();
    asked.down = false;
    rollups.step();
    assertThat(asked.take()).isEmpty();
    clock.advance(Rollups.AGAIN_EVERY);
    rollups.step();
    assertThat(asked.take()).containsExactly(List.of(0L, 2L));
  }

  @Test
  void asksAFailingStoreLessAndLess() {
    asked.down = true;
    int tries = 0;
    for (int minute = 0; minute < 300; minute++) {
      int before = asked.failed;
      rollups.step();
      tries += asked.failed > before ? 1 : 0;
      clock.advance(Duration.ofMinutes(1));
    }
    // After 0, 1, 3, 7, 15, 31, 63 minutes, and then every hour.
    assertThat(tries).isEqualTo(7 + 3);
  }

  @Test
  void anHourThatIsRefusedForGoodKeepsNoOtherFromBeingMade() {
    clock.advance(Duration.ofMinutes(30));
    asked.refusal = new StoreException(StoreException.Kind.BAD_REQUEST, "on purpose");
    asked.refused = -11;
    rollups.step();
    assertThat(asked.take())
        .containsExactly(
            List.of(-24L, -18L),
            List.of(-18L, -12L),
            List.of(-12L, -11L),
            List.of(-10L, -6L),
            List.of(-6L, 0L));
    int failed = asked.failed;
    clock.advance(Duration.ofHours(1));
    rollups.step();
    assertThat(asked.take()).containsExactly(List.of(0L, 1L));
    assertThat(asked.failed).as("it is not tried again").isEqualTo(failed);
  }

  @Test
  void aFaultInOneHourLosesNoHour() {
    clock.advance(Duration.ofMinutes(30));
    rollups.step();
    asked.take();
    rollups.stored(RESULTS, at(-600, -300, -60));
    asked.refusal = new IllegalStateException("a fault");
    asked.refused = -10;
    rollups.step();
    assertThat(asked.take()).containsExactly(List.of(-5L, -4L), List.of(-1L, 0L));
    asked.refusal = null;
    clock.advance(Rollups.AGAIN_EVERY);
    rollups.step();
    assertThat(asked.take()).containsExactly(List.of(-10L, -9L));
  }

  @Test
  void whatFailsWaitsLongerEachTimeThoughOtherHoursAreMade() {
    clock.advance(Duration.ofMinutes(30));
    rollups.step();
    asked.take();
    rollups.stored(RESULTS, at(-600, -60));
    asked.refusal = new StoreException(StoreException.Kind.TIMED_OUT, "on purpose");
    asked.refused = -10;
    rollups.step();
    clock.advance(Rollups.AGAIN_EVERY);
    rollups.step();
    clock.advance(Rollups.AGAIN_EVERY);
    rollups.step();
    assertThat(asked.failed).isEqualTo(2);
  }

  @Test
  void theLastHoursOfACustomerWhoGoesAreMadeAndThenNoMore() {
    clock.advance(Duration.ofMinutes(30));
    rollups.step();
    asked.take();
    rollups.stored(RESULTS, at(20));
    tables = Set.of();
    clock.advance(Duration.ofHours(1));
    rollups.step();
    assertThat(asked.take()).containsExactly(List.of(0L, 1L));
    clock.advance(Duration.ofHours(1));
    rollups.step();
    assertThat(asked.take()).isEmpty();
  }

  @Test
  void givesUpTheTableOfACustomerWhoIsGoneWhenItFailsForAnHour() {
    asked.down = true;
    rollups.step();
    tables = Set.of();
    for (int minute = 0; minute < 300; minute++) {
      clock.advance(Duration.ofMinutes(1));
      rollups.step();
    }
    // After 0, 1, 3, 7, 15, 31 and 63 minutes.
    assertThat(asked.failed).isEqualTo(7);
  }

  @Test
  void aClockThatIsSetBackMakesNothingTwice() {
    clock.advance(Duration.ofMinutes(30));
    rollups.step();
    asked.take();
    clock.advance(Duration.ofHours(-5));
    rollups.step();
    clock.advance(Duration.ofHours(5));
    rollups.step();
    assertThat(asked.take()).isEmpty();
  }

  private static PointBatch at(int... minutes) {
    Series series = Series.of("check", List.of(new Dimension("siteId", "a")));
    PointBatch.Builder batch = new PointBatch.Builder(minutes.length);
    for (int minute : minutes) {
      batch.add(
          new Point(
              series,
              QueryRows.epochNanos(NOON.plus(Duration.ofMinutes(minute))),
              new Measure.OfBoolean(true)));
    }
    return batch.build();
  }
}
