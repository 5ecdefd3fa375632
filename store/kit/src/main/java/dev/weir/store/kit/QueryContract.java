// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription.ColumnDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store promises about queries, above all those that remote read sends. */
public abstract class QueryContract extends StoreContract {

  private static final String KEYS = "\"instance\", \"job\", \"zone\", \"measure_name\"";

  @BeforeEach
  void fill() {
    Series a = series("cpu", "instance", "a", "job", "node");
    Series b = series("cpu", "instance", "b", "job", "node");
    Series c = series("cpu", "instance", "c", "job", "it's", "zone", "z\"1");
    Series bits = series("cpu~bits", "instance", "a", "job", "node");
    for (int i = 0; i < 4; i++) {
      write(
          point(a, at(i * 10L - 100), i),
          point(b, at(i * 10L - 100), 10 + i),
          point(c, at(i * 10L - 100), 20 + i));
    }
    write(
        new Point(bits, at(-50), new Measure.OfBigint(0x7ff0000000000002L)),
        point(series("mem", "instance", "a"), at(-100), 1));
  }

  @Test
  void listsSeriesWithCounts() {
    assertThat(rows(byLabels("count(*)", "measure_name IN ('cpu', 'cpu~bits')", -90, 0)))
        .containsExactlyInAnyOrder(
            List.of("a", "node", "null", "cpu", "3"),
            List.of("b", "node", "null", "cpu", "3"),
            List.of("c", "it's", "z\"1", "cpu", "3"),
            List.of("a", "node", "null", "cpu~bits", "1"));
  }

  @Test
  void givesSamplesPerSeries() {
    String sql =
        byLabels(
            "CREATE_TIME_SERIES(time, measure_value::double)",
            "\"instance\" = 'a' AND \"zone\" IS NULL",
            -90,
            0);

    assertThat(rows(sql))
        .containsExactlyInAnyOrder(
            List.of(
                "a",
                "node",
                "null",
                "cpu",
                "[%d=1.0, %d=2.0, %d=3.0]".formatted(at(-90), at(-80), at(-70))),
            List.of("a", "node", "null", "cpu~bits", "null"));
  }

  @Test
  void givesSamplesOfCompanionSeries() {
    String sql =
        byLabels(
            "CREATE_TIME_SERIES(time, measure_value::bigint)",
            "measure_name = 'cpu~bits'",
            -200,
            0);

    assertThat(rows(sql))
        .containsExactly(
            List.of("a", "node", "null", "cpu~bits", "[" + at(-50) + "=9218868437227405314]"));
  }

  @Test
  void choosesSeriesByLabelSets() {
    String sets =
        "((\"measure_name\" = 'cpu' AND \"instance\" = 'a' AND \"job\" = 'node' AND \"zone\" IS"
            + " NULL) OR (\"measure_name\" = 'cpu' AND \"instance\" = 'c' AND \"job\" = 'it''s' AND"
            + " \"zone\" = 'z\"1') OR (\"measure_name\" = 'cpu' AND \"instance\" = 'b' AND \"job\""
            + " IS NULL AND \"zone\" IS NULL))";

    assertThat(rows(byLabels("count(*)", sets, -200, 0)))
        .extracting(List::getFirst)
        .containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void understandsConditionsOnLabels() {
    assertThat(instances("\"instance\" <> 'a'")).containsExactlyInAnyOrder("b", "c");
    assertThat(instances("\"instance\" NOT IN ('a', 'b')")).containsExactlyInAnyOrder("c");
    assertThat(instances("\"zone\" IS NOT NULL")).containsExactlyInAnyOrder("c");
    assertThat(instances("\"zone\" <> 'x'")).containsExactlyInAnyOrder("c");
    assertThat(instances("(\"zone\" IS NULL OR \"zone\" <> 'x')"))
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(instances("regexp_like(\"instance\", '^[ab]$')"))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(instances("\"job\" LIKE 'it%'")).containsExactlyInAnyOrder("c");
    assertThat(instances("\"instance\" = ''' OR 1=1 --'")).isEmpty();
  }

  @Test
  void filtersTimeExactly() {
    assertThat(rows(byLabels("count(*)", "\"instance\" = 'b'", -90, -90)))
        .extracting(List::getLast)
        .containsExactly("1");
    assertThat(rows(byLabels("count(*)", "\"instance\" = 'b'", -89, -81))).isEmpty();
  }

  @Test
  void answersGeneralSql() {
    assertThat(rows("SELECT 1")).containsExactly(List.of("1"));
    assertThat(
            rows(
                "SELECT \"job\", avg(measure_value::double) AS a FROM weir.contract"
                    + " WHERE measure_name = 'cpu' GROUP BY \"job\" ORDER BY a DESC"))
        .containsExactly(List.of("it's", "21.5"), List.of("node", "6.5"));
    assertThat(
            rows(
                "SELECT bin(time, 20s) AS b, count(*) FROM weir.contract"
                    + " WHERE \"instance\" = 'b' GROUP BY 1 ORDER BY 1"))
        .extracting(List::getLast)
        .containsExactly("2", "2");
  }

  @Test
  void pagesAResult() {
    QueryRequest request =
        new QueryRequest("SELECT time FROM weir.contract ORDER BY time", Scope.all(), deadline())
            .paged(4);
    List<Integer> sizes = new ArrayList<>();
    QueryPage page = store().queries().run(request);
    sizes.add(page.page().rowCount());
    while (page.resumeToken() != null) {
      page = store().queries().run(request.resume(page.resumeToken()));
      sizes.add(page.page().rowCount());
    }

    assertThat(sizes).containsExactly(4, 4, 4, 2);
  }

  @Test
  void bindsATokenToTextAndScope() {
    needs(Capability.LIMITS_BY_SCOPE);
    String sql = "SELECT time FROM weir.contract ORDER BY time";
    QueryRequest request = new QueryRequest(sql, Scope.all(), deadline()).paged(4);
    String token = store().queries().run(request).resumeToken();
    assertThat(token).isNotNull();
    QueryRequest otherScope =
        new QueryRequest(sql, Scope.of(Set.of("weir")), deadline())
            .paged(4)
            .resume(requireNonNull(token));

    assertThatThrownBy(() -> store().queries().run(otherScope))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST));
  }

  @Test
  void hidesDatabasesOutsideOfTheScope() {
    needs(Capability.LIMITS_BY_SCOPE);
    QueryRequest request =
        new QueryRequest(
            "SELECT count(*) FROM weir.contract", Scope.of(Set.of("elsewhere")), deadline());

    assertThatThrownBy(() -> store().queries().run(request))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
  }

  @Test
  void describesTheTable() {
    needs(Capability.IS_ALONE);
    assertThat(store().catalog().databases()).containsExactly("weir");
    assertThat(store().catalog().tables("weir")).containsExactly("contract");
    assertThat(store().catalog().describe(TABLE).orElseThrow().columns())
        .extracting(ColumnDescription::name)
        .containsExactly(
            "instance",
            "job",
            "zone",
            "measure_name",
            "time",
            "measure_value::double",
            "measure_value::bigint");
    assertThat(rows("SHOW DATABASES")).containsExactly(List.of("weir"));
    assertThat(rows("SHOW TABLES FROM weir")).containsExactly(List.of("contract"));
  }

  private List<String> instances(String condition) {
    return rows(byLabels("count(*)", "measure_name = 'cpu' AND " + condition, -200, 0)).stream()
        .map(List::getFirst)
        .toList();
  }

  private static String byLabels(String value, String condition, long from, long to) {
    return ("SELECT %s, %s AS v FROM weir.contract WHERE %s AND time BETWEEN from_milliseconds(%d)"
            + " AND from_milliseconds(%d) GROUP BY %s")
        .formatted(KEYS, value, condition, at(from) / 1_000_000, at(to) / 1_000_000, KEYS);
  }
}
