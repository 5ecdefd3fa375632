// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.query.SqlText;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableDescription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a measure, each with some of its values: those of the last day, since a table may
 * have a year. They are found by listing the measure's series, which a store does without reading
 * samples. Thread-safe.
 */
final class LabelValues {

  /** Values of a label that are told. */
  static final int VALUES_MAX = 50;

  /** Series that are looked at; of a measure with more, values may be missing. */
  static final int SERIES_MAX = 10_000;

  private static final Duration TIME_MAX = Duration.ofSeconds(30);

  private final QueryRunner queries;
  private final InstantSource clock;

  LabelValues(QueryRunner queries, InstantSource clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A label.
   *
   * @param values sorted
   * @param more whether there are others, or may be
   */
  record Label(String name, List<String> values, boolean more) {}

  /** The labels that series of a measure have, sorted. */
  List<Label> of(TableDescription table, String measure) {
    QueryRequest request =
        new QueryRequest(statement(table, measure), Scope.all(), clock.instant().plus(TIME_MAX))
            .paged(SERIES_MAX);
    Map<String, TreeSet<String>> found = new TreeMap<>();
    QueryPage page = queries.run(request);
    long series = 0;
    boolean cut = false;
    while (true) {
      add(page.page(), table, found);
      series += page.page().rowCount();
      String token = page.resumeToken();
      if (token == null) {
        break;
      }
      if (series >= SERIES_MAX) {
        queries.cancel(page.queryId());
        cut = true;
        break;
      }
      page = queries.run(request.resume(token));
    }
    boolean more = cut;
    List<Label> labels = new ArrayList<>();
    found.forEach((name, values) ->
        labels.add(
            new Label(
                name,
                values.stream().limit(VALUES_MAX).toList(),
                more || values.size() > VALUES_MAX)));
    return labels;
  }

  private static void add(
      ResultPage page, TableDescription table, Map<String, TreeSet<String>> found) {
    if (page.rowCount() == 0) {
      return;
    }
    for (String name : table.dimensionNames()) {
      if (page.column(name).values() instanceof ColumnVector.Strings values) {
        for (int row = 0; row < page.rowCount(); row++) {
          keep(found, name, values.value(row));
        }
      }
    }
  }

  /** Keeps the first values by order, and one more, which says that there are others. */
  private static void keep(
      Map<String, TreeSet<String>> found, String name, @Nullable String value) {
    if (value != null) {
      TreeSet<String> values = found.computeIfAbsent(name, _ -> new TreeSet<>());
      if (values.add(value) && values.size() > VALUES_MAX + 1) {
        values.pollLast();
      }
    }
  }

  private static String statement(TableDescription table, String measure) {
    SqlText sql = new SqlText().raw("SELECT ");
    keys(sql, table).raw(", count(*) AS weir_points FROM ");
    sql.identifier(table.name().database()).raw(".").identifier(table.name().table());
    sql.raw(" WHERE ").identifier("measure_name").raw(" = ").literal(measure);
    sql.raw(" AND time > ago(1d) GROUP BY ");
    return keys(sql, table).toString();
  }

  private static SqlText keys(SqlText sql, TableDescription table) {
    for (String dimension : table.dimensionNames()) {
      sql.identifier(dimension).raw(", ");
    }
    return sql.identifier("measure_name");
  }
}
