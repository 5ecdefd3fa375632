// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.EmbeddedUnderTest.Between;
import dev.weir.store.kit.StoreContract;
import dev.weir.store.kit.StoreUnderTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that are printed as DuckDB SQL: what functions give, and that nothing slips through. */
class PrintedQueryTest extends StoreContract {

  private static final String NAME = "a\"); DROP TABLE weir_meta; --";

  @TempDir Path folder;

  @Override
  protected StoreUnderTest open() {
    return new EmbeddedUnderTest(folder, NOW, Between.NOTHING);
  }

  @Test
  void givesTheValuesOfFunctions() {
    Map<String, String> expected = new TreeMap<>();
    expected.put("7 / 2", "3");
    expected.put("-7 % 3", "-1");
    expected.put("7.0 / 2", "3.5");
    expected.put("abs(-2)", "2");
    expected.put("round(2.5e0)", "3.0");
    expected.put("round(2.346, 2)", "2.35");
    expected.put("lpad('7', 3, '0')", "007");
    expected.put("concat('a', CAST(NULL AS varchar))", "null");
    expected.put("sqrt(16)", "4.0");
    expected.put("ln(e())", "1.0");
    expected.put("starts_with('pod-1', 'pod')", "true");
    expected.put("trim('  x ')", "x");
    expected.put("hour(from_milliseconds(1773144000000))", "12");
    expected.put("to_unixtime(from_milliseconds(1500))", "1.5");
    expected.put("from_unixtime(1.5e0)", "1500000000");
    expected.put("ceil(1.2)", "2.0");
    expected.put("truncate(-1.7)", "-1.0");
    expected.put("mod(7, 4)", "3");
    expected.put("power(2, 10)", "1024.0");
    expected.put("log(2, 8)", "3.0");
    expected.put("sign(-3.5)", "-1.0");
    expected.put("bitwise_and(12, 10)", "8");
    expected.put("bitwise_xor(12, 10)", "6");
    expected.put("is_nan(nan())", "true");
    expected.put("greatest(1, 3, 2)", "3");
    expected.put("upper('aä') || lower('B')", "AÄb");
    expected.put("length('äöü')", "3");
    expected.put("substr('abcdef', 2, 3)", "bcd");
    expected.put("strpos('abc', 'c')", "3");
    expected.put("split_part('a.b.c', '.', 2)", "b");
    expected.put("replace('aXb', 'X', '$0')", "a$0b");
    expected.put("concat('$1', 'it''s', '$0')", "$1it's$0");
    expected.put("regexp_like('pod-17', '[0-9]+')", "true");
    expected.put("coalesce(NULL, 'x')", "x");
    expected.put("nullif(1, 1)", "null");
    expected.put("CASE WHEN 1 < 2 THEN 'y' ELSE 'n' END", "y");
    expected.put("if(1 > 2, 'y')", "null");
    expected.put("'abc' LIKE 'a%'", "true");
    expected.put("'a_c' LIKE 'a!_c' ESCAPE '!'", "true");
    expected.put("2 BETWEEN 1 AND 3", "true");
    expected.put("2 IN (1, 3)", "false");
    expected.put("CAST('12' AS bigint) + 1", "13");
    expected.put("TRY_CAST('x' AS bigint)", "null");
    expected.put("cardinality(ARRAY[1, 2, 3])", "3");
    expected.put("to_milliseconds(from_milliseconds(1500))", "1500");
    expected.put("bin(from_milliseconds(61500), 1m)", "60000000000");
    expected.put("year(from_milliseconds(1773144000000))", "2026");
    expected.put("day_of_week(from_milliseconds(1773144000000))", "2");
    expected.put("date_trunc('day', from_milliseconds(1773144000001))", "1773100800000000000");
    expected.put("from_milliseconds(0) + 1d", "86400000000000");
    expected.put("CAST(from_milliseconds(1) AS varchar)", "1970-01-01 00:00:00.001000000");

    Map<String, String> actual = new TreeMap<>();
    for (String expression : expected.keySet()) {
      try {
        actual.put(expression, rows("SELECT " + expression).getFirst().getFirst());
      } catch (StoreException e) {
        actual.put(expression, e.kind() + " " + e.getMessage());
      }
    }

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void givesTheValuesOfAggregatesAndWindows() {
    write(
        point(series("m", "k", "a"), at(-3), 1),
        point(series("m", "k", "a"), at(-2), 5),
        point(series("m", "k", "b"), at(-1), 3));

    assertThat(
            rows(
                "SELECT count(*), sum(measure_value::double), max_by(\"k\", measure_value::double),"
                    + " count_if(measure_value::double > 2), approx_distinct(\"k\"),"
                    + " approx_percentile(measure_value::double, 0.5), stddev_pop(1)"
                    + " FROM weir.contract"))
        .containsExactly(List.of("3", "9.0", "a", "2", "2", "3.0", "0.0"));
    assertThat(
            rows(
                "SELECT \"k\", measure_value::double - lag(measure_value::double) OVER"
                    + " (PARTITION BY \"k\" ORDER BY time) FROM weir.contract ORDER BY time"))
        .containsExactly(List.of("a", "null"), List.of("a", "4.0"), List.of("b", "null"));
  }

  @Test
  void letsNoNameOrTextIntoTheEnginesSql() {
    write(
        point(series("x'); DROP TABLE weir_meta; --", NAME, "v'; --"), at(-1), 1),
        point(series("y", NAME, "$0"), at(-1), 2));
    String column = "\"" + NAME.replace("\"", "\"\"") + "\"";

    assertThat(rows("SELECT %s AS %s, measure_name FROM weir.contract".formatted(column, column)))
        .containsExactlyInAnyOrder(
            List.of("v'; --", "x'); DROP TABLE weir_meta; --"), List.of("$0", "y"));
    assertThat(
            rows(
                "SELECT upper(%s) FROM weir.contract WHERE %s IN ('v''; --', '$1')"
                    .formatted(column, column)))
        .containsExactly(List.of("V'; --"));
    assertThat(rows("SELECT count(*) FROM weir.contract")).containsExactly(List.of("2"));
  }

  @Test
  void refusesWhatIsNoFunctionOfTimestream() {
    for (String text :
        List.of(
            "SELECT read_text('/etc/passwd')",
            "SELECT getenv('HOME')",
            "SELECT * FROM weir_rows(1)",
            "SELECT * FROM weir_meta",
            "SELECT 1; DROP TABLE weir_meta",
            "COPY (SELECT 1) TO '/tmp/x'",
            "SET memory_limit = '1TB'")) {
      assertThatThrownBy(() -> rows(text))
          .as(text)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST));
    }
  }

  @Test
  void refusesCallsThatGrowWithThePowerOfTheirDepth() {
    String nested = "1e0";
    for (int i = 0; i < 40; i++) {
      nested = "(SELECT max(" + nested + "))";
    }
    String query = "SELECT " + nested;

    assertThatThrownBy(() -> rows(query))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST))
        .hasMessageContaining("takes more than 2000000 characters once it is written out");
  }

  @Test
  void hidesTheEnginesOwnWords() {
    write(point(series("m", "k", "a"), at(-3), 0));

    assertThatThrownBy(
            () -> rows("SELECT 1 / CAST(measure_value::double AS bigint) FROM weir.contract"))
        .isInstanceOf(StoreException.class)
        .hasMessage("Division by zero");
    assertThatThrownBy(() -> rows("SELECT CAST(\"k\" AS bigint) FROM weir.contract"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST))
        .message()
        .doesNotContain("Conversion Error");
  }
}
