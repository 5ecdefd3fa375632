// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks;

import dev.weir.query.ValueType;
import dev.weir.sql.SqlAnalyzer;
import dev.weir.sql.tree.Statement;
import dev.weir.store.CatalogReader;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the text of a query to its typed tree, for the kinds of queries that AWS documents. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TranslationBenchmark {

  private static final Map<String, String> QUERIES =
      Map.of(
          "health",
          "SELECT 1",
          "raw",
          "SELECT * FROM devops.cpu WHERE measure_name = 'usage' AND host = 'a' AND time > ago(1h)"
              + " ORDER BY time DESC LIMIT 100",
          "grafana",
          "SELECT BIN(time, 60000ms) AS time, host, AVG(measure_value::double) AS cpu FROM"
              + " \"devops\".\"cpu\" WHERE time BETWEEN from_milliseconds(1773140000000) AND"
              + " from_milliseconds(1773144000000) AND measure_name = 'usage' GROUP BY 1, 2 ORDER"
              + " BY 1, 2",
          "percentiles",
          "SELECT region, az, host, BIN(time, 15s) AS binned, ROUND(AVG(measure_value::double), 2)"
              + " AS avg_cpu, ROUND(APPROX_PERCENTILE(measure_value::double, 0.9), 2) AS p90,"
              + " ROUND(APPROX_PERCENTILE(measure_value::double, 0.95), 2) AS p95,"
              + " ROUND(APPROX_PERCENTILE(measure_value::double, 0.99), 2) AS p99 FROM devops.cpu"
              + " WHERE measure_name = 'usage' AND host = 'a' AND time > ago(2h) GROUP BY region,"
              + " host, az, BIN(time, 15s) ORDER BY binned ASC",
          "interpolation",
          "WITH binned AS (SELECT host, BIN(time, 30s) AS t, ROUND(AVG(measure_value::double), 2)"
              + " AS v FROM devops.cpu WHERE measure_name = 'usage' AND time > ago(2h) GROUP BY"
              + " host, BIN(time, 30s)), filled AS (SELECT host,"
              + " INTERPOLATE_LINEAR(CREATE_TIME_SERIES(t, v), SEQUENCE(min(t), max(t), 15s)) AS s"
              + " FROM binned GROUP BY host) SELECT time, ROUND(value, 2) AS cpu FROM filled CROSS"
              + " JOIN UNNEST(s)",
          "fleet",
          "WITH f AS (SELECT COUNT(DISTINCT host) AS n, AVG(measure_value::double) AS a FROM"
              + " devops.cpu WHERE measure_name = 'usage' AND time > ago(2h)), h AS (SELECT region,"
              + " az, host, AVG(measure_value::double) AS a FROM devops.cpu WHERE measure_name ="
              + " 'usage' AND time > ago(2h) GROUP BY region, az, host) SELECT region, az, host,"
              + " h.a, f.a FROM f, h WHERE h.a > 1.2 * f.a ORDER BY h.a DESC",
          "lambdas",
          "WITH v AS (SELECT host, CREATE_TIME_SERIES(time, measure_value::double) AS s FROM"
              + " devops.cpu WHERE measure_name = 'usage' AND time > ago(2h) GROUP BY host) SELECT"
              + " FILTER(s, x -> x.value > 70.0) AS hot, REDUCE(s, CAST(ROW(0.0, 0) AS ROW(sum"
              + " double, n integer)), (a, x) -> CAST(ROW(a.sum + x.value, a.n + 1) AS ROW(sum"
              + " double, n integer)), a -> IF(a.n = 0, NULL, a.sum / a.n)) AS mean FROM v",
          "last",
          "SELECT a.host, a.time, b.measure_value::double AS v FROM (SELECT host, max(time) AS time"
              + " FROM devops.cpu WHERE measure_name = 'usage' GROUP BY host) a JOIN devops.cpu b"
              + " ON a.host = b.host AND a.time = b.time WHERE b.measure_name = 'usage' ORDER BY"
              + " a.host");

  /** Which of the queries. */
  @Param({"health", "raw", "grafana", "percentiles", "interpolation", "fleet", "lambdas", "last"})
  public String query = "";

  private final SqlAnalyzer warm = new SqlAnalyzer();
  private final CatalogReader catalog = new OneTable();
  private final Instant now = Instant.parse("2026-03-10T12:00:00Z");

  /** A text that was never seen: parsed, then analyzed. */
  @Benchmark
  public Statement anew() {
    return translate(new SqlAnalyzer());
  }

  /** A text that was seen before: only analyzed. */
  @Benchmark
  public Statement repeated() {
    return translate(warm);
  }

  private Statement translate(SqlAnalyzer analyzer) {
    String text = QUERIES.getOrDefault(query, "");
    return analyzer.analyze(text, catalog, dev.weir.query.Scope.all(), now);
  }

  /** A catalog of one table. */
  private static final class OneTable implements CatalogReader {
    private static final TableDescription CPU =
        new TableDescription(
            new TableName("devops", "cpu"),
            List.of(
                dimension("region"),
                dimension("az"),
                dimension("host"),
                new ColumnDescription(
                    "measure_name", ValueType.Scalar.VARCHAR, ColumnRole.MEASURE_NAME),
                new ColumnDescription("time", ValueType.Scalar.TIMESTAMP, ColumnRole.TIMESTAMP),
                new ColumnDescription(
                    "measure_value::double", ValueType.Scalar.DOUBLE, ColumnRole.MEASURE_VALUE)));

    private static ColumnDescription dimension(String name) {
      return new ColumnDescription(name, ValueType.Scalar.VARCHAR, ColumnRole.DIMENSION);
    }

    @Override
    public List<String> databases() {
      return List.of("devops");
    }

    @Override
    public List<String> tables(String database) {
      return List.of("cpu");
    }

    @Override
    public Optional<TableDescription> describe(TableName name) {
      return name.equals(CPU.name()) ? Optional.of(CPU) : Optional.empty();
    }
  }
}
