// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ColumnVector;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.embedded.EmbeddedUnderTest.Between;
import dev.weir.store.kit.StoreContract;
import dev.weir.store.kit.StoreUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Series of 100,000 points, asked for at 100,000 other times. What grows with the square of the
 * points would take minutes here, and so run into the deadline.
 */
class LongSeriesTest extends StoreContract {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** A point at each second, of the square of its number modulo 1,000; times between them. */
  private static final String SERIES =
      "WITH n AS (SELECT x * 100 + y AS i FROM UNNEST(sequence(0, 999)) AS a(x) CROSS JOIN"
          + " UNNEST(sequence(0, 99)) AS b(y)), s AS (SELECT create_time_series("
          + "from_milliseconds(i * 1000), CAST((i % 1000) * (i % 1000) AS double)) AS ts,"
          + " array_agg(from_milliseconds(i * 1000 + 500)) AS times FROM n) ";

  @TempDir Path folder;

  @Override
  protected StoreUnderTest open() {
    return new EmbeddedUnderTest(folder, NOW, Between.NOTHING);
  }

  @Test
  void interpolatesWithinTheDeadline() {
    // Half way is the mean of two neighbours; the last time is behind the last point.
    assertThat(sums("interpolate_linear(ts, times)", "value"))
        .containsExactly("100000", "99999", "3.32828509995E10");
    assertThat(sums("interpolate_locf(ts, times)", "value"))
        .containsExactly("100000", "100000", "3.328335E10");
    assertThat(sums("interpolate_fill(ts, times, 2.0)", "value"))
        .containsExactly("100000", "100000", "200000.0");
    assertThat(sums("interpolate_spline_cubic(ts, times)", "round(value)"))
        .startsWith("100000", "99999");
  }

  @Test
  void derivesIntegratesAndCorrelatesWithinTheDeadline() {
    assertThat(sums("derivative_linear(ts, 1s)", "value"))
        .containsExactly("99999", "99999", "998001.0");
    assertThat(sums("non_negative_derivative_linear(ts, 2s)", "value"))
        .containsExactly("99900", "99900", "1.996002E8");
    assertThat(
            run(
                "SELECT integral_trapezoidal(ts), correlate_pearson(ts, ts),"
                    + " correlate_spearman(ts, ts), cardinality(array_distinct(times)),"
                    + " reduce(ts, 0, (s, x) -> s + 1, s -> s)"))
        .containsExactly("3.32828509995E10", "1.0", "1.0", "100000", "100000");
  }

  @Test
  void readsASeriesBitForBit() {
    QueryPage page =
        store()
            .queries()
            .run(
                new QueryRequest(
                    SERIES + "SELECT interpolate_locf(ts, times) FROM s",
                    Scope.all(),
                    deadlineSoon()));

    assertThat(page.page().columns().getFirst().values())
        .isInstanceOfSatisfying(
            ColumnVector.TimeSeries.class,
            series -> {
              assertThat(series.offsets()).containsExactly(0, 100_000);
              assertThat(series.epochNanos()[99_999]).isEqualTo(99_999_500_000_000L);
              assertThat(((ColumnVector.Doubles) series.values()).values()[99_999])
                  .isEqualTo(998_001.0);
            });
  }

  private List<String> sums(String series, String value) {
    return run(
        "SELECT count(*), count(value), sum(" + value + ")", "CROSS JOIN UNNEST(" + series + ")");
  }

  private List<String> run(String select, String... from) {
    String sql = SERIES + select + " FROM s " + String.join(" ", from);
    QueryPage page = store().queries().run(new QueryRequest(sql, Scope.all(), deadlineSoon()));
    return page.page().columns().stream().map(column -> text(column.values(), 0)).toList();
  }

  private Instant deadlineSoon() {
    return store().clock().instant().plus(DEADLINE);
  }
}
