// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A store in memory: takes points with Timestream's rules for repeats and times, and answers the
 * two statements of remote read from them, in random order and over several pages. Thread-safe.
 */
public final class MemoryStore implements PointWriter, QueryRunner, CatalogReader {

  public static final TableName TABLE = new TableName("weir", "prometheus");

  private static final Pattern STATEMENT =
      Pattern.compile(
          "SELECT (.*), (count\\(\\*\\)|CREATE_TIME_SERIES\\(time,"
              + " measure_value::(double|bigint)\\)) AS weir_samples FROM"
              + " \"weir\"\\.\"prometheus\" WHERE (.*) GROUP BY (.*)",
          Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("\"((?:[^\"]|\"\")*)\"");

  private final Map<Series, TreeMap<Long, Measure>> data = new LinkedHashMap<>();
  private final Set<String> dimensions = new LinkedHashSet<>();
  private final List<String> statements = new ArrayList<>();
  private final Map<String, List<ResultPage>> open = new HashMap<>();
  private final Random random = new Random(7);
  private Instant now;
  private final Duration retention = Duration.ofDays(365);
  private StoreException failure;
  private int failAfter;

  public MemoryStore(Instant now) {
    this.now = now;
  }

  /** Sets the clock. */
  public synchronized void at(Instant time) {
    now = time;
  }

  /** Fails the calls after the next {@code calls}. */
  public synchronized void failAfter(int calls, StoreException with) {
    failAfter = calls;
    failure = with;
  }

  public synchronized void recover() {
    failure = null;
  }

  /** All statements that were run. */
  public synchronized List<String> statements() {
    return List.copyOf(statements);
  }

  /** All points, in order of series and time. */
  public synchronized List<Point> points() {
    List<Point> points = new ArrayList<>();
    data.forEach((series, values) ->
        values.forEach((time, value) -> points.add(new Point(series, time, value))));
    return points;
  }

  private void failIfTold() {
    if (failure != null && failAfter-- <= 0) {
      throw failure;
    }
  }

  @Override
  public synchronized WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    failIfTold();
    List<Rejection> rejections = new ArrayList<>();
    int repeated = 0;
    for (int i = 0; i < batch.size(); i++) {
      Instant time = Instant.ofEpochSecond(0, batch.epochNanos(i));
      TreeMap<Long, Measure> values = data.computeIfAbsent(batch.series(i), _ -> new TreeMap<>());
      Measure there = values.get(batch.epochNanos(i));
      if (time.isBefore(now.minus(retention))) {
        rejections.add(new Rejection(i, Rejection.Reason.TOO_OLD, "older than retention"));
      } else if (time.isAfter(now.plus(Duration.ofMinutes(15)))) {
        rejections.add(new Rejection(i, Rejection.Reason.TOO_NEW, "more than 15 minutes ahead"));
      } else if (there == null) {
        values.put(batch.epochNanos(i), batch.measure(i));
        batch.series(i).dimensions().forEach(dimension -> dimensions.add(dimension.name()));
      } else if (there.equals(batch.measure(i))) {
        repeated++;
      } else {
        rejections.add(new Rejection(i, Rejection.Reason.CONFLICT, "another value is there"));
      }
    }
    data.values().removeIf(TreeMap::isEmpty);
    return new WriteOutcome(batch.size() - rejections.size(), repeated, rejections);
  }

  @Override
  public synchronized QueryPage run(QueryRequest request) {
    failIfTold();
    String token = request.resumeToken();
    if (token == null) {
      statements.add(request.text());
      token = "q" + statements.size();
      open.put(token, new ArrayList<>(pages(request.text())));
    }
    List<ResultPage> left = open.get(token);
    ResultPage page = left.removeFirst();
    return new QueryPage("id", page, left.isEmpty() ? null : token);
  }

  @Override
  public boolean cancel(String queryId) {
    return true;
  }

  private List<ResultPage> pages(String text) {
    Matcher statement = STATEMENT.matcher(text);
    if (!statement.matches() || !statement.group(1).equals(statement.group(5))) {
      throw new IllegalArgumentException("no statement of remote read: " + text);
    }
    List<String> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(statement.group(1));
    while (column.find()) {
      columns.add(column.group(1).replace("\"\"", "\""));
    }
    if (!columns.removeLast().equals("measure_name") || !Set.copyOf(columns).equals(dimensions)) {
      throw new IllegalArgumentException("not all dimensions: " + text);
    }
    List<Map.Entry<Series, List<Point>>> rows = rows(new MiniCondition(statement.group(4)).parse());
    Collections.shuffle(rows, random);
    List<ResultPage> pages = new ArrayList<>();
    pages.add(page(List.of(), columns, statement.group(3), statement.group(2)));
    for (int from = 0; from < rows.size(); from += 3) {
      List<Map.Entry<Series, List<Point>>> some =
          rows.subList(from, Math.min(rows.size(), from + 3));
      pages.add(page(some, columns, statement.group(3), statement.group(2)));
    }
    return pages;
  }

  private List<Map.Entry<Series, List<Point>>> rows(Predicate<Map<String, String>> condition) {
    Map<Series, List<Point>> found = new LinkedHashMap<>();
    data.forEach((series, values) -> {
      Map<String, String> row = new HashMap<>();
      row.put("measure_name", series.measureName());
      series.dimensions().forEach(dimension -> row.put(dimension.name(), dimension.value()));
      values.forEach((time, value) -> {
        row.put("time", Long.toString(time));
        if (condition.test(row)) {
          found.computeIfAbsent(series, _ -> new ArrayList<>()).add(new Point(series, time, value));
        }
      });
    });
    return new ArrayList<>(found.entrySet());
  }

  private static ResultPage page(
      List<Map.Entry<Series, List<Point>>> rows, List<String> columns, String type, String value) {
    List<ResultPage.Column> result = new ArrayList<>();
    for (String column : columns) {
      result.add(text(column, rows.stream().map(row -> row.getKey().dimension(column)).toList()));
    }
    result.add(text("measure_name", rows.stream().map(row -> row.getKey().measureName()).toList()));
    if (value.startsWith("count")) {
      long[] counts = rows.stream().mapToLong(row -> row.getValue().size()).toArray();
      result.add(new ResultPage.Column("n", Scalar.BIGINT, new ColumnVector.Longs(counts, null)));
    } else {
      result.add(series(rows, type));
    }
    return new ResultPage(result, rows.size());
  }

  private static ResultPage.Column text(String name, List<String> values) {
    List<String> dictionary = values.stream().filter(value -> value != null).distinct().toList();
    int[] codes = values.stream().mapToInt(dictionary::indexOf).toArray();
    return new ResultPage.Column(
        name, Scalar.VARCHAR, new ColumnVector.Strings(codes, dictionary.toArray(String[]::new)));
  }

  private static ResultPage.Column series(List<Map.Entry<Series, List<Point>>> rows, String type) {
    List<Point> points = rows.stream().flatMap(row -> row.getValue().stream()).toList();
    int[] offsets = new int[rows.size() + 1];
    for (int i = 0; i < rows.size(); i++) {
      offsets[i + 1] = offsets[i] + rows.get(i).getValue().size();
    }
    MeasureType wanted = type.equals("double") ? MeasureType.DOUBLE : MeasureType.BIGINT;
    BitSet nulls = new BitSet();
    long[] longs = new long[points.size()];
    double[] doubles = new double[points.size()];
    for (int i = 0; i < longs.length; i++) {
      Measure measure = points.get(i).measure();
      nulls.set(i, measure.type() != wanted);
      longs[i] = measure instanceof Measure.OfBigint(long value) ? value : 0;
      doubles[i] = measure instanceof Measure.OfDouble(double value) ? value : 0;
    }
    long[] times = points.stream().mapToLong(Point::epochNanos).toArray();
    ColumnVector values =
        wanted == MeasureType.DOUBLE
            ? new ColumnVector.Doubles(doubles, nulls)
            : new ColumnVector.Longs(longs, nulls);
    Scalar scalar = wanted == MeasureType.DOUBLE ? Scalar.DOUBLE : Scalar.BIGINT;
    return new ResultPage.Column(
        "samples",
        new ValueType.TimeSeriesOf(scalar),
        new ColumnVector.TimeSeries(offsets, times, values, null));
  }

  @Override
  public List<String> databases() {
    return List.of("weir");
  }

  @Override
  public List<String> tables(String database) {
    return List.of("prometheus");
  }

  @Override
  public synchronized Optional<TableDescription> describe(TableName table) {
    if (!table.equals(TABLE)) {
      return Optional.empty();
    }
    List<ColumnDescription> columns = new ArrayList<>();
    dimensions.forEach(
        name -> columns.add(new ColumnDescription(name, Scalar.VARCHAR, ColumnRole.DIMENSION)));
    columns.add(new ColumnDescription("measure_name", Scalar.VARCHAR, ColumnRole.MEASURE_NAME));
    columns.add(new ColumnDescription("time", Scalar.TIMESTAMP, ColumnRole.TIMESTAMP));
    columns.add(
        new ColumnDescription("measure_value::double", Scalar.DOUBLE, ColumnRole.MEASURE_VALUE));
    columns.add(
        new ColumnDescription("measure_value::bigint", Scalar.BIGINT, ColumnRole.MEASURE_VALUE));
    return Optional.of(new TableDescription(TABLE, columns));
  }
}
