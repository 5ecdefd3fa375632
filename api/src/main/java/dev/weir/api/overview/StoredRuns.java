// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.overview.RegionPicture.LastRun;
import dev.weir.monitor.rollup.QueryRows;
import dev.weir.query.SqlText;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the last runs of all sites of a customer out of the store, by one query. */
final class StoredRuns {

  /** A run in the store; {@code last} is null for one that was missed. */
  record StoredRun(String siteId, RunMark mark, @Nullable LastRun last) {}

  /** Measures that a table has only once a value of them was stored. */
  private static final List<String> MEASURES =
      List.of("endpoint_up", "doubtful", "latency", "error_class", "certificate_days");

  /** Errors of so many of the newest runs are read: the newest ones may be misses. */
  private static final int ERRORS = 3;

  private static final double MILLIS_PER_SECOND = 1e3;

  private final OverviewStore store;

  StoredRuns(OverviewStore store) {
    this.store = store;
  }

  /**
   * The last {@link RunStrip#RUNS_MAX} runs of each site and region.
   *
   * @param but a region that is left out; null for none
   * @param from runs before it are not looked for
   * @throws StoreException as the store says
   */
  List<StoredRun> read(TableName results, @Nullable String but, Instant from, Instant deadline) {
    Optional<TableDescription> table = store.catalog().describeNow(results);
    if (table.isEmpty() || table.get().column("requests").isEmpty()) {
      return List.of(); // nothing has been stored there yet
    }
    List<String> there =
        MEASURES.stream().filter(name -> table.get().column(name).isPresent()).toList();
    boolean errors = table.get().column("error_message").isPresent();
    List<StoredRun> runs = new ArrayList<>();
    QueryRows.forEach(
        store.queries(),
        sql(results, there, errors, but, from),
        deadline,
        row -> runs.add(run(row, there, errors)));
    return runs;
  }

  private static SqlText sql(
      TableName results, List<String> there, boolean errors, @Nullable String but, Instant from) {
    SqlText sql = new SqlText().raw("SELECT \"siteId\", region, time, requests");
    there.forEach(name -> sql.raw(", ").identifier(name));
    if (errors) {
      sql.raw(", CASE WHEN place <= ").number(ERRORS).raw(" THEN error_message END AS error");
    }
    sql.raw(" FROM (SELECT *, row_number() OVER (PARTITION BY \"siteId\", region")
        .raw(" ORDER BY time DESC) AS place FROM ")
        .identifier(results.database())
        .raw(".")
        .identifier(results.table())
        .raw(" WHERE measure_name = 'check' AND time >= from_milliseconds(")
        .number(from.toEpochMilli())
        .raw(")");
    if (but != null) {
      sql.raw(" AND region <> ").literal(but);
    }
    return sql.raw(") WHERE place <= ").number(RunStrip.RUNS_MAX);
  }

  private static StoredRun run(QueryRows.Row row, List<String> there, boolean errors) {
    char letter = letter(row, there);
    RunMark mark =
        new RunMark(
            QueryRows.instant(row.whole("time")).toEpochMilli(),
            row.text("region"),
            letter,
            letter == RunMark.UP && there.contains("latency") && !row.isNull("latency")
                ? row.number("latency") * MILLIS_PER_SECOND
                : Double.NaN);
    boolean up = letter == RunMark.UP;
    LastRun last =
        new LastRun(
            mark.slotMillis(),
            letter,
            up || !there.contains("error_class") ? null : row.textOrNull("error_class"),
            up || !errors ? null : row.textOrNull("error"),
            there.contains("certificate_days") && !row.isNull("certificate_days")
                ? row.whole("certificate_days")
                : null);
    return new StoredRun(row.text("siteId"), mark, mark.missed() ? null : last);
  }

  private static char letter(QueryRows.Row row, List<String> there) {
    if (row.whole("requests") == 0 || !there.contains("endpoint_up")) {
      return RunMark.MISSED;
    }
    if (row.isTrue("endpoint_up")) {
      return RunMark.UP;
    }
    return there.contains("doubtful") && row.isTrue("doubtful") ? RunMark.DOUBTFUL : RunMark.DOWN;
  }
}
