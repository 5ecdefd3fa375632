// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.sql;

import dev.weir.benchmarks.load.LoadShape;
import dev.weir.benchmarks.load.MadeSeries;
import dev.weir.benchmarks.load.MadeValues;
import dev.weir.model.Dimension;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.query.ValueText;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Loads a day, then asks. The folder is kept, so that a second run asks at once. */
public final class SqlLoad {

  private static final TableName TABLE = new TableName("weir", "day");
  private static final int TARGETS = 200;
  private static final int RUNS = 15;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final EmbeddedStore store;

  private SqlLoad(EmbeddedStore store) {
    this.store = store;
  }

  /** Arguments: a folder, and how many hours to load where it is new. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int hours = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 24;
    boolean loaded = Files.exists(folder.resolve("weir.duckdb"));
    try (EmbeddedStore store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder))) {
      SqlLoad load = new SqlLoad(store);
      if (!loaded) {
        load.load(hours);
      }
      load.ask();
      load.cancel();
      print("peak resident memory %,d MB", statusKib("VmHWM") >> 10);
    }
  }

  private void load(int hours) {
    store.createIfMissing(TABLE, TableRules.own(Duration.ofDays(365)));
    long steps = Duration.ofHours(hours).toMillis() / LoadShape.STEP_MILLIS;
    LoadShape shape =
        LoadShape.endingAt(
            System.currentTimeMillis(), TARGETS, steps * TARGETS * LoadShape.SERIES_PER_TARGET, 0);
    Series[] series = new Series[shape.series()];
    for (int i = 0; i < series.length; i++) {
      series[i] = series(i);
    }
    MadeValues values = new MadeValues(series.length);
    long start = System.nanoTime();
    for (int step = 0; step < shape.steps(); step++) {
      PointBatch.Builder batch = new PointBatch.Builder(series.length);
      for (int i = 0; i < series.length; i++) {
        int target = i / LoadShape.SERIES_PER_TARGET;
        long millis =
            shape.baseMillis()
                + (long) step * LoadShape.STEP_MILLIS
                + LoadShape.offsetMillis(target);
        batch.addDouble(series[i], millis * NANOS_PER_MILLI, values.next(i));
      }
      store.write(TABLE, batch.build(), Instant.now().plusSeconds(60));
    }
    while (!store.seal()) {
      Thread.onSpinWait();
    }
    print(
        "%,d samples in %.1f s, last at %s",
        shape.loadedSamples(),
        (System.nanoTime() - start) / 1e9,
        Instant.ofEpochMilli(shape.loadedEndMillis()));
  }

  private static Series series(int number) {
    int target = number / LoadShape.SERIES_PER_TARGET;
    var labels = MadeSeries.labels(target, number % LoadShape.SERIES_PER_TARGET);
    List<Dimension> dimensions = new ArrayList<>();
    labels.forEach((name, value) -> {
      if (!name.equals("__name__")) {
        dimensions.add(new Dimension(name, value));
      }
    });
    return Series.of(labels.get("__name__"), dimensions);
  }

  private void ask() throws IOException {
    String last = "(SELECT max(time) FROM weir.day WHERE measure_name = 'http_requests_total')";
    String newest = text("SELECT CAST(" + last + " AS varchar)");
    String bucket =
        " FROM weir.day WHERE measure_name = 'http_request_duration_seconds_bucket'"
            + " AND \"le\" IN (%s) AND time > timestamp '%s' - 24h";
    String les = les();
    time(
        "bin 1m, avg by job, 24 h",
        "SELECT bin(time, 1m) AS minute, job, avg(measure_value::double) AS value"
            + bucket.formatted(les, newest)
            + " GROUP BY bin(time, 1m), job");
    time("rows of it", "SELECT count(*)" + bucket.formatted(les, newest));
    time(
        "last per series, 1 h",
        "SELECT instance, code, max_by(measure_value::double, time) AS value FROM weir.day"
            + " WHERE measure_name = 'http_requests_total' AND time > timestamp '"
            + newest
            + "' - 1h GROUP BY instance, code");
    time("count(*)", "SELECT count(*) FROM weir.day");
    time(
        "series of 1 metric, 6 h",
        "SELECT instance, code, CREATE_TIME_SERIES(time, measure_value::double) AS value"
            + " FROM weir.day WHERE measure_name = 'http_requests_total' AND time > timestamp '"
            + newest
            + "' - 6h GROUP BY instance, code");
  }

  private String les() {
    List<String> values = new ArrayList<>();
    QueryPage page =
        store.run(
            request(
                "SELECT DISTINCT \"le\" FROM weir.day WHERE measure_name ="
                    + " 'http_request_duration_seconds_bucket' ORDER BY \"le\" LIMIT 7"));
    for (int i = 0; i < page.page().rowCount(); i++) {
      values.add("'" + cell(page, i) + "'");
    }
    return String.join(", ", values);
  }

  private String text(String sql) {
    return cell(store.run(request(sql)), 0);
  }

  /** The first column of a row. */
  private static String cell(QueryPage page, int row) {
    ResultPage.Column column = page.page().columns().getFirst();
    return ValueText.of(column.type(), column.values(), row);
  }

  private void time(String name, String sql) throws IOException {
    long[] nanos = new long[RUNS];
    long rows = 0;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      rows = 0;
      QueryRequest request = request(sql);
      QueryPage page = store.run(request);
      rows += page.page().rowCount();
      while (page.resumeToken() != null) {
        page = store.run(request.resume(page.resumeToken()));
        rows += page.page().rowCount();
      }
      nanos[run] = System.nanoTime() - start;
    }
    double first = nanos[0] / 1e6;
    Arrays.sort(nanos);
    print(
        "%-26s %,9d rows  first %,7.0f ms  p50 %,7.0f ms  max %,7.0f ms  resident %,d MB",
        name, rows, first, nanos[RUNS / 2] / 1e6, nanos[RUNS - 1] / 1e6, statusKib("VmRSS") >> 10);
  }

  /** Large sorts, joins and groups, each cancelled a second after its start. */
  private void cancel() throws Exception {
    String[] shapes = {
      "SELECT count(*) FROM weir.day a, weir.day b WHERE a.time < b.time",
      "SELECT * FROM weir.day ORDER BY measure_value::double DESC, time",
      "SELECT time, instance, avg(measure_value::double) FROM weir.day GROUP BY time, instance",
      "SELECT measure_name, row_number() OVER (PARTITION BY instance ORDER BY time) FROM weir.day",
      "SELECT count(DISTINCT measure_value::double) FROM weir.day",
    };
    for (String sql : shapes) {
      long threadsBefore = threads();
      CompletableFuture<String> ended = new CompletableFuture<>();
      QueryRequest request = request(sql).named("cancelled" + System.nanoTime());
      Thread.ofVirtual()
          .start(() -> {
            try {
              store.run(request);
              ended.complete("ended by itself");
            } catch (StoreException e) {
              ended.complete(e.kind().toString());
            }
          });
      Thread.sleep(1_000);
      long residentKib = statusKib("VmRSS");
      long start = System.nanoTime();
      store.cancel(String.valueOf(request.queryId()));
      String how = ended.get();
      double millis = (System.nanoTime() - start) / 1e6;
      print(
          "%-12s after %6.1f ms; threads %d then %d, resident %,d then %,d MB: %s",
          how, millis, threadsBefore, threads(), residentKib >> 10, statusKib("VmRSS") >> 10, sql);
    }
  }

  private static QueryRequest request(String sql) {
    return new QueryRequest(sql, Scope.all(), Instant.now().plusSeconds(300));
  }

  private static long threads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }

  private static long statusKib(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
