// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Scope;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.function.FunctionTable.Function;
import dev.weir.sql.function.FunctionTable.Kind;
import dev.weir.sql.function.Signature;
import dev.weir.sql.function.TypePattern;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.kit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Calls every form of every function once: what the analyzer takes, the engine must answer. */
class EverySignatureTest {

  /** Forms that the engine does not answer yet; a form that works must not stand here. */
  private static final Set<String> MISSING = Set.of();

  /** Arguments of functions that take not any text or number of the right type. */
  private static final Map<String, List<String>> ARGUMENTS =
      Map.ofEntries(
          Map.entry("approx_distinct(K, double)", List.of("1.5", "0.02")),
          Map.entry("at_timezone", List.of("TIMESTAMP '2026-01-15 12:00:00'", "'Asia/Tokyo'")),
          Map.entry("date(varchar)", List.of("'2026-03-10'")),
          Map.entry("date_add", List.of("'hour'", "2")),
          Map.entry("date_add(varchar, bigint, date)", List.of("'day'", "2")),
          Map.entry("date_diff", List.of("'second'")),
          Map.entry("date_diff(varchar, date, date)", List.of("'day'")),
          Map.entry("date_format", List.of("TIMESTAMP '2026-03-10 01:02:03'", "'%Y-%m-%d'")),
          Map.entry("date_parse", List.of("'2026-03-10'", "'%Y-%m-%d'")),
          Map.entry("date_trunc", List.of("'hour'")),
          Map.entry("date_trunc(varchar, date)", List.of("'month'")),
          Map.entry("format_datetime", List.of("TIMESTAMP '2026-03-10 01:02:03'", "'yyyy'")),
          Map.entry("from_base", List.of("'ff'", "16")),
          Map.entry("from_iso8601_date", List.of("'2026-03-10'")),
          Map.entry("from_iso8601_timestamp", List.of("'2026-03-10T01:02:03Z'")),
          Map.entry(
              "sequence(date, date, interval day to second)",
              List.of("DATE '2026-03-10'", "DATE '2026-03-12'", "1d")),
          Map.entry("regexp_extract", List.of("'a'", "'a'", "0")),
          Map.entry("regexp_extract(varchar, varchar)", List.of("'a'", "'a'")),
          Map.entry("regexp_extract_all", List.of("'a'", "'a'", "0")),
          Map.entry("regexp_extract_all(varchar, varchar)", List.of("'a'", "'a'")),
          Map.entry("parse_datetime", List.of("'2026-03-10'", "'yyyy-MM-dd'")),
          Map.entry("random(bigint, bigint)", List.of("2", "9")),
          Map.entry("parse_duration", List.of("'42.8ms'")),
          Map.entry("bit_count", List.of("9", "64")),
          Map.entry("to_base", List.of("255", "16")));

  @TempDir Path folder;

  private EmbeddedStore store;

  @BeforeEach
  void open() {
    ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00Z"));
    store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @TestFactory
  Stream<DynamicTest> isAnswered() {
    return FunctionTable.standard().functions().stream()
        .flatMap(function ->
            function.signatures().stream()
                .map(form -> DynamicTest.dynamicTest(form.text(), () -> call(function, form))));
  }

  private void call(Function function, Signature form) {
    String query = query(function, form);
    String refusal = "";
    try {
      store.run(new QueryRequest(query, Scope.all(), Instant.parse("2026-03-10T12:01:00Z")));
    } catch (StoreException e) {
      refusal = e.kind() + " " + e.getMessage();
    }
    if (MISSING.contains(form.text())) {
      assertThat(refusal).as(query + " works; take it from the list").isNotEmpty();
    } else {
      assertThat(refusal).as(query).isEmpty();
    }
  }

  private static String query(Function function, Signature form) {
    if (function.name().equals("grouping")) {
      return "SELECT grouping(x) FROM (VALUES 1, 2) AS t(x) GROUP BY ROLLUP (x)";
    }
    String head = form.text().substring(0, form.text().indexOf(" ->"));
    List<String> given =
        ARGUMENTS.getOrDefault(head, ARGUMENTS.getOrDefault(function.name(), List.of()));
    List<String> arguments = new ArrayList<>(given);
    for (int i = given.size(); i < form.parameters().size(); i++) {
      arguments.add(sample(form.parameter(i)));
    }
    String call = function.name() + "(" + String.join(", ", arguments) + ")";
    return "SELECT "
        + call
        + (function.kind() == Kind.WINDOW ? " OVER (ORDER BY x)" : "")
        + " AS a FROM (VALUES 1) AS t(x)";
  }

  private static String sample(TypePattern pattern) {
    return switch (pattern) {
      case TypePattern.Exact(Scalar type) ->
          switch (type) {
            case VARCHAR -> "'a'";
            case BOOLEAN -> "true";
            case BIGINT -> "BIGINT '2'";
            case INTEGER -> "3";
            case DOUBLE -> "0.5";
            case TIMESTAMP -> "TIMESTAMP '2026-03-10 01:02:03.004'";
            case DATE -> "DATE '2026-03-10'";
            case TIME -> "TIME '01:02:03'";
            case INTERVAL_DAY_TO_SECOND -> "90s";
            case INTERVAL_YEAR_TO_MONTH -> "14month";
            case UNKNOWN -> "NULL";
          };
      case TypePattern.Variable _ -> "0.5";
      case TypePattern.ArrayPattern(TypePattern element) -> "ARRAY[" + sample(element) + "]";
      case TypePattern.TimeSeriesPattern _ ->
          "(SELECT create_time_series(from_milliseconds(n), n * 1.5)"
              + " FROM (VALUES 1, 1773104523004, 1873104523000) AS s(n))";
      case TypePattern.Exact other -> throw new AssertionError(other);
      case TypePattern.RowPattern row -> throw new AssertionError(row);
      case TypePattern.LambdaPattern(List<TypePattern> parameters, TypePattern result) ->
          IntStream.range(0, parameters.size())
                  .mapToObj(i -> "p" + i)
                  .toList()
                  .toString()
                  .replace('[', '(')
                  .replace(']', ')')
              + " -> "
              + sample(result);
    };
  }
}
