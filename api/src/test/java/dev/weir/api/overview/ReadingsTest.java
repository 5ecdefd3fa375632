// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
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
import org.junit.jupiter.api.Test;

/** When the store is asked, and for what; what it answers is tested over an engine, by the app. */
class ReadingsTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:30:00Z");
  private static final String ONE_REGION = "[eu]";

  private final ManualClock clock = new ManualClock(NOW);
  private final Board board = new Board(List::of);
  private final Asked asked = new Asked();
  private boolean watched;
  private final Readings readings;

  ReadingsTest() {
    CheckTables tables = CheckTables.ORIGINAL;
    FixedCatalogReader catalog =
        new FixedCatalogReader(
            List.of(
                table(tables.results("default"), "requests"),
                table(tables.hourly("default"), "runs")));
    HourlyRollup hours =
        new HourlyRollup(asked, catalog, new RecordingPointWriter(), _ -> {}, clock);
    OverviewStore store = new OverviewStore(tables, asked, catalog, hours);
    readings =
        new Readings(board, new StoredFigures(store, board, "eu"), "eu", () -> watched, clock);
  }

  /** Remembers what it was asked for, and finds nothing. */
  private static final class Asked implements QueryRunner {
    private final List<String> questions = new ArrayList<>();
    private boolean down;

    @Override
    public QueryPage run(QueryRequest request) {
      questions.add(kind(request.text()));
      if (down) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "on purpose");
      }
      return new QueryPage("q", new ResultPage(List.of(), 0), null);
    }

    @Override
    public boolean cancel(String queryId) {
      return false;
    }

    private static String kind(String sql) {
      if (sql.contains("row_number()")) {
        return sql.contains("region <> 'eu'") ? "others' runs" : "runs";
      }
      if (sql.contains("count_if(")) {
        return "open hours";
      }
      return sql.contains(" AS days") ? "before" : "day";
    }

    private List<String> take() {
      List<String> taken = List.copyOf(questions);
      questions.clear();
      return taken;
    }
  }

  @Test
  void readsAllOnceAndHoursAgainWhenOneHasClosed() {
    sites(ONE_REGION);
    readings.step(false);
    assertThat(asked.take()).containsExactly("runs", "open hours", "day", "before");
    readings.step(false);
    assertThat(asked.take()).isEmpty();
    later(Readings.OTHERS_EVERY);
    assertThat(asked.take()).as("what rollups made at the start").containsExactly("day", "before");
    for (int minute = 31; minute < 63; minute++) {
      later(Duration.ofMinutes(1));
    }
    assertThat(asked.take()).isEmpty();
    later(Duration.ofMinutes(1)); // four past
    assertThat(asked.take()).containsExactly("day", "before");
  }

  @Test
  void readsTheDayAgainOnlyWhileSomebodyLooks() {
    sites(ONE_REGION);
    readings.step(false);
    later(Readings.OTHERS_EVERY);
    asked.take();
    watched = true;
    later(Readings.HOURS_EVERY);
    assertThat(asked.take()).containsExactly("day");
    later(Readings.HOURS_EVERY.minusSeconds(1));
    assertThat(asked.take()).isEmpty();
    watched = false;
    later(Duration.ofMinutes(10));
    assertThat(asked.take()).isEmpty();
  }

  @Test
  void readsWhatOthersWroteOnlyWhereThereAreOthersAndSomebodyLooks() {
    sites("[eu, us]");
    readings.step(false);
    asked.take();
    later(Readings.OTHERS_EVERY);
    assertThat(asked.take()).containsExactly("day", "before");
    watched = true;
    readings.step(false);
    assertThat(asked.take()).containsExactly("others' runs", "open hours");
    later(Readings.OTHERS_EVERY.minusSeconds(1));
    assertThat(asked.take()).isEmpty();
    later(Duration.ofSeconds(1));
    assertThat(asked.take()).containsExactly("others' runs", "open hours");
  }

  @Test
  void triesAgainAfterAWhileWhatFailed() {
    sites(ONE_REGION);
    asked.down = true;
    readings.step(false);
    assertThat(asked.take()).containsExactly("runs");
    assertThat(readings.failing()).isOne();
    readings.step(false);
    assertThat(asked.take()).isEmpty();
    asked.down = false;
    later(Readings.AGAIN_AFTER);
    assertThat(asked.take()).containsExactly("runs", "open hours", "day", "before");
    assertThat(readings.failing()).isZero();
  }

  @Test
  void asksNothingWithoutSites() {
    readings.step(false);
    assertThat(asked.take()).isEmpty();
  }

  private void later(Duration time) {
    clock.advance(time);
    readings.step(false);
  }

  private void sites(String regions) {
    String text =
        "sites: [{id: shop, endpoint: 'https://shop.example/', regions: %s}]".formatted(regions);
    if (new SiteReader("eu").read("test", text) instanceof SiteReader.Reading.Sites read) {
      board.begin(read.sites(), clock.instant());
    }
  }

  private static TableDescription table(TableName name, String column) {
    return new TableDescription(
        name, List.of(new ColumnDescription(column, ValueType.Scalar.BIGINT, ColumnRole.MULTI)));
  }
}
