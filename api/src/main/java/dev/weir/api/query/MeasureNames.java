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
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The measures of tables by name. A table may have tens of thousands, and somebody who types asks
 * with each letter: so a list is kept for a moment. Thread-safe.
 */
final class MeasureNames {

  /** How old a list may be; new metrics are rare, and a person presses a key twice a second. */
  static final Duration AGE_MAX = Duration.ofSeconds(20);

  /** Tables of which a list is kept. */
  static final int TABLES_MAX = 8;

  /** Names of a list: some 30 MB. Those beyond it, by name, are found by SQL only. */
  static final int NAMES_MAX = 200_000;

  private static final Duration TIME_MAX = Duration.ofSeconds(30);

  private final QueryRunner queries;
  private final InstantSource clock;
  private final Map<TableName, Listed> kept = new LinkedHashMap<>();

  MeasureNames(QueryRunner queries, InstantSource clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A measure.
   *
   * @param types of its values, sorted: {@code double}, {@code multi}
   */
  record Measure(String name, List<String> types) {}

  private record Listed(SortedMap<String, Measure> byName, Instant at) {}

  /** Measures whose names contain a text, whatever its case, that come after a name. */
  List<Measure> page(TableName table, String wanted, String after, int most) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return listed(table).byName().tailMap(after + '\0').values().stream()
        .filter(measure -> measure.name().toLowerCase(Locale.ROOT).contains(lower))
        .limit(most)
        .toList();
  }

  private Listed listed(TableName table) {
    Instant now = clock.instant();
    synchronized (this) {
      Listed known = kept.get(table);
      if (known != null && known.at().plus(AGE_MAX).isAfter(now)) {
        return known;
      }
    }
    Listed fresh = new Listed(read(table, now.plus(TIME_MAX)), now);
    synchronized (this) {
      kept.remove(table);
      while (kept.size() >= TABLES_MAX) {
        kept.remove(kept.keySet().iterator().next());
      }
      kept.put(table, fresh);
    }
    return fresh;
  }

  private SortedMap<String, Measure> read(TableName table, Instant deadline) {
    SqlText sql = new SqlText().raw("SHOW MEASURES FROM ");
    sql.identifier(table.database()).raw(".").identifier(table.table());
    QueryRequest request = new QueryRequest(sql.toString(), Scope.all(), deadline);
    SortedMap<String, TreeSet<String>> types = new TreeMap<>();
    QueryPage page = queries.run(request);
    while (true) {
      add(page.page(), types);
      String token = page.resumeToken();
      if (token == null) {
        break;
      }
      if (types.size() >= NAMES_MAX) {
        queries.cancel(page.queryId());
        break;
      }
      page = queries.run(request.resume(token));
    }
    SortedMap<String, Measure> measures = new TreeMap<>();
    types.forEach((name, all) -> measures.put(name, new Measure(name, List.copyOf(all))));
    return measures;
  }

  private static void add(ResultPage page, SortedMap<String, TreeSet<String>> types) {
    if (page.rowCount() == 0) {
      return;
    }
    ColumnVector names = page.column("measure_name").values();
    ColumnVector kinds = page.column("data_type").values();
    for (int row = 0; row < page.rowCount(); row++) {
      String name = ((ColumnVector.Strings) names).value(row);
      String kind = ((ColumnVector.Strings) kinds).value(row);
      if (name != null && kind != null) {
        types.computeIfAbsent(name, _ -> new TreeSet<>()).add(kind);
      }
    }
  }
}
