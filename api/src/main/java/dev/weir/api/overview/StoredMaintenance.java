// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.overview.MaintenanceSpans.Span;
import dev.weir.monitor.check.MaintenanceWindow;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.rollup.QueryRows;
import dev.weir.monitor.rollup.RecentHours.Runs;
import dev.weir.monitor.rollup.SiteRegion;
import dev.weir.query.SqlText;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads which runs were made in maintenance windows, as these are defined now: hours do not know.
 * Runs of the day come by hours, those before in two sums, which stand at the beginnings of the
 * week and of the month.
 */
final class StoredMaintenance {

  /** Sites with the same windows that are asked for at once. */
  static final int SITES_AT_ONCE = 1_000;

  /** Questions of one reading; runs of sites beyond them count as others do. */
  static final int QUESTIONS_MAX = 100;

  /** Windows of one question, the newest ones: a text has 256 KiB at most. */
  static final int SPANS_MAX = 500;

  private static final Duration WEEK = Duration.ofDays(6);
  private static final Duration MONTH = Duration.ofDays(29);

  private final OverviewStore store;

  StoredMaintenance(OverviewStore store) {
    this.store = store;
  }

  /**
   * Asks for all sites that have windows.
   *
   * @param day where the day begins: an hour's beginning
   */
  Map<SiteRegion, Map<Instant, Runs>> read(
      TableName results, List<Site> sites, Instant day, Instant now, Instant deadline) {
    Map<SiteRegion, Map<Instant, Runs>> all = new HashMap<>();
    Map<List<MaintenanceWindow>, List<String>> byWindows = new HashMap<>();
    for (Site site : sites) {
      List<MaintenanceWindow> windows = site.incidents().maintenance();
      if (!windows.isEmpty()) {
        byWindows.computeIfAbsent(windows, _ -> new ArrayList<>()).add(site.key().id());
      }
    }
    Optional<TableDescription> table =
        byWindows.isEmpty() ? Optional.empty() : store.catalog().describe(results);
    if (table.isEmpty() || table.get().column("endpoint_up").isEmpty()) {
      return all; // no site has windows, or no run was ever made
    }
    int questions = 0;
    for (Map.Entry<List<MaintenanceWindow>, List<String>> each : byWindows.entrySet()) {
      List<Span> spans = MaintenanceSpans.of(each.getKey(), day.minus(MONTH), now);
      List<String> ids = each.getValue();
      for (int i = 0; i < ids.size() && !spans.isEmpty() && questions < QUESTIONS_MAX; ) {
        int end = Math.min(ids.size(), i + SITES_AT_ONCE);
        read(sql(results, ids.subList(i, end), newest(spans), day), deadline, all);
        questions++;
        i = end;
      }
    }
    return all;
  }

  private void read(SqlText sql, Instant deadline, Map<SiteRegion, Map<Instant, Runs>> all) {
    QueryRows.forEach(
        store.queries(),
        sql,
        deadline,
        row ->
            all.computeIfAbsent(
                    new SiteRegion(row.text("siteId"), row.text("region")), _ -> new HashMap<>())
                .put(
                    QueryRows.instant(row.whole("hour")),
                    new Runs(row.whole("runs"), row.whole("up"), row.whole("doubtful"))));
  }

  private static SqlText sql(TableName results, List<String> ids, List<Span> spans, Instant day) {
    String hour =
        new SqlText()
            .raw("CASE WHEN time >= from_milliseconds(")
            .number(day.toEpochMilli())
            .raw(") THEN bin(time, 1h) WHEN time >= from_milliseconds(")
            .number(day.minus(WEEK).toEpochMilli())
            .raw(") THEN from_milliseconds(")
            .number(day.minus(WEEK).toEpochMilli())
            .raw(") ELSE from_milliseconds(")
            .number(day.minus(MONTH).toEpochMilli())
            .raw(") END")
            .toString();
    SqlText sql =
        new SqlText()
            .raw("SELECT \"siteId\", region, ")
            .raw(hour)
            .raw(" AS hour, count_if(requests > 0) AS runs, count_if(endpoint_up) AS up,")
            .raw(" count_if(doubtful) AS doubtful FROM ")
            .identifier(results.database())
            .raw(".")
            .identifier(results.table())
            .raw(" WHERE measure_name = 'check' AND time >= from_milliseconds(")
            .number(spans.getFirst().start().toEpochMilli())
            .raw(") AND \"siteId\" IN (")
            .literals(ids)
            .raw(") AND (");
    String or = "";
    for (Span span : spans) {
      sql.raw(or)
          .raw("(time >= from_milliseconds(")
          .number(span.start().toEpochMilli())
          .raw(") AND time < from_milliseconds(")
          .number(span.end().toEpochMilli())
          .raw("))");
      or = " OR ";
    }
    return sql.raw(") GROUP BY \"siteId\", region, ").raw(hour);
  }

  private static List<Span> newest(List<Span> spans) {
    return spans.subList(Math.max(0, spans.size() - SPANS_MAX), spans.size());
  }
}
