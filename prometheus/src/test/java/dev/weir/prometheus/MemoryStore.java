// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import dev.weir.model.Dimension;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
 * statements of remote read from them, in random order and over several pages. Thread-safe.
 */
public final class MemoryStore implements PointWriter, QueryRunner, CatalogReader {

  public static final TableName TABLE = new TableName("weir", "prometheus");

  private static final Pattern STATEMENT =
      Pattern.compile(
          "SELECT (.*), (count\\(\\*\\)|CREATE_TIME_SERIES\\(time,"
              + " measure_value::(double|bigint)\\)) AS weir_samples FROM \"weir\"\\.\"prometheus\""
              + " WHERE (.*) GROUP BY (.*?)(?:, bin\\(time, ([0-9]+)ms\\))?",
          Pattern.DOTALL);
  private static final Pattern PLAIN =
      Pattern.compile(
          "SELECT (.*), time(, measure_value::double)?(, measure_value::bigint)? FROM"
              + " \"weir\"\\.\"prometheus\" WHERE ((?:(?!GROUP BY).)*)",
          Pattern.DOTALL);
  private static final Pattern SHOW =
      Pattern.compile("SHOW MEASURES FROM \"weir\"\\.\"prometheus\" LIKE '(.*)%'", Pattern.DOTALL);
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
  private int rowSamplesMax = Integer.MAX_VALUE;
  private boolean tellsMeasures = true;

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

  /** Refuses rows of more samples, as Timestream refuses those over 1 MB. */
  public synchronized void limitRows(int samples) {
    rowSamplesMax = samples;
  }

  /** Denies SHOW MEASURES from now on. */
  public synchronized void hideMeasures() {
    tellsMeasures = false;
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
    Matcher show = SHOW.matcher(text);
    if (show.matches()) {
      statements.removeLast();
      if (!tellsMeasures) {
        throw new StoreException(StoreException.Kind.DENIED, "no right to list measures");
      }
      return List.of(measures(show.group(1).replace("''", "'")));
    }
    if (!text.contains("\"weir\".\"prometheus\"")) {
      throw new StoreException(StoreException.Kind.BAD_REQUEST, "table does not exist")
          .with(StoreException.Detail.UNKNOWN_TABLE);
    }
    Matcher plain = PLAIN.matcher(text);
    Matcher statement = STATEMENT.matcher(text);
    boolean grouped = statement.matches();
    if (grouped ? !statement.group(1).equals(statement.group(5)) : !plain.matches()) {
      throw new IllegalArgumentException("no statement of remote read: " + text);
    }
    List<String> columns = columns(grouped ? statement.group(1) : plain.group(1));
    List<Row> rows =
        grouped(
            rows(new MiniCondition(grouped ? statement.group(4) : plain.group(4)).parse()),
            columns);
    if (!grouped) {
      rows = cut(rows, 1);
    } else if (statement.group(6) != null) {
      rows = cut(rows, Long.parseLong(statement.group(6)) * 1_000_000);
    }
    Collections.shuffle(rows, random);
    List<ResultPage> pages = new ArrayList<>();
    for (int from = -3; from < rows.size(); from += 3) {
      List<Row> some = from < 0 ? List.of() : rows.subList(from, Math.min(rows.size(), from + 3));
      pages.add(grouped ? page(some, columns, statement) : plainPage(some, columns, plain));
    }
    return pages;
  }

  /** A group of points of one series. */
  private record Row(Series series, List<Point> points) {}

  private static List<String> columns(String text) {
    List<String> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(text);
    while (column.find()) {
      columns.add(column.group(1).replace("\"\"", "\""));
    }
    if (!columns.removeLast().equals("measure_name")) {
      throw new IllegalArgumentException("no measure name: " + text);
    }
    return columns;
  }

  /** Groups by what was asked for: series that differ in other dimensions become one. */
  private static List<Row> grouped(List<Row> rows, List<String> columns) {
    Map<Series, List<Point>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      List<Dimension> asked =
          row.series().dimensions().stream()
              .filter(dimension -> columns.contains(dimension.name()))
              .toList();
      groups
          .computeIfAbsent(Series.of(row.series().measureName(), asked), _ -> new ArrayList<>())
          .addAll(row.points());
    }
    List<Row> grouped = new ArrayList<>();
    groups.forEach((series, points) -> {
      points.sort(Comparator.comparingLong(Point::epochNanos));
      grouped.add(new Row(series, points));
    });
    return grouped;
  }

  /** Cuts rows where a multiple of so many nanoseconds is between two points. */
  private static List<Row> cut(List<Row> rows, long nanos) {
    List<Row> cut = new ArrayList<>();
    for (Row row : rows) {
      Map<Long, List<Point>> bins = new LinkedHashMap<>();
      for (Point point : row.points()) {
        bins.computeIfAbsent(point.epochNanos() / nanos, _ -> new ArrayList<>()).add(point);
      }
      bins.values().forEach(points -> cut.add(new Row(row.series(), points)));
    }
    return cut;
  }

  private List<Row> rows(Predicate<Map<String, String>> condition) {
    Map<Series, List<Point>> found = new LinkedHashMap<>();
    data.forEach((series, values) -> {
      Map<String, String> row = new HashMap<>();
      row.put("measure_name", series.measureName());
      series.dimensions().forEach(dimension -> row.put(dimension.name(), dimension.value()));
      values.forEach((time, value) -> {
        row.put("time", Long.toString(time));
        row.keySet().removeIf(key -> key.startsWith("measure_value::"));
        row.put("measure_value::" + value.type().name().toLowerCase(Locale.ROOT), "");
        if (condition.test(row)) {
          found.computeIfAbsent(series, _ -> new ArrayList<>()).add(new Point(series, time, value));
        }
      });
    });
    List<Row> rows = new ArrayList<>();
    found.forEach((series, points) -> rows.add(new Row(series, points)));
    return rows;
  }

  private ResultPage page(List<Row> rows, List<String> columns, Matcher statement) {
    List<ResultPage.Column> result = keys(rows, columns);
    if (statement.group(2).startsWith("count")) {
      long[] counts = rows.stream().mapToLong(row -> row.points().size()).toArray();
      result.add(new ResultPage.Column("n", Scalar.BIGINT, new ColumnVector.Longs(counts, null)));
    } else {
      if (rows.stream().anyMatch(row -> row.points().size() > rowSamplesMax)) {
        throw new StoreException(StoreException.Kind.BAD_REQUEST, "a row is too large")
            .with(StoreException.Detail.ROW_TOO_LARGE);
      }
      result.add(series(rows, type(statement.group(3))));
    }
    return new ResultPage(result, rows.size());
  }

  private static ResultPage plainPage(List<Row> rows, List<String> columns, Matcher statement) {
    List<ResultPage.Column> result = keys(rows, columns);
    List<Point> points = rows.stream().flatMap(row -> row.points().stream()).toList();
    long[] times = points.stream().mapToLong(Point::epochNanos).toArray();
    result.add(
        new ResultPage.Column("time", Scalar.TIMESTAMP, new ColumnVector.Longs(times, null)));
    if (statement.group(2) != null) {
      result.add(new ResultPage.Column("d", Scalar.DOUBLE, values(points, MeasureType.DOUBLE)));
    }
    if (statement.group(3) != null) {
      result.add(new ResultPage.Column("b", Scalar.BIGINT, values(points, MeasureType.BIGINT)));
    }
    return new ResultPage(result, rows.size());
  }

  private static List<ResultPage.Column> keys(List<Row> rows, List<String> columns) {
    List<ResultPage.Column> result = new ArrayList<>();
    for (String column : columns) {
      result.add(text(column, rows.stream().map(row -> row.series().dimension(column)).toList()));
    }
    result.add(text("measure_name", rows.stream().map(row -> row.series().measureName()).toList()));
    return result;
  }

  private static MeasureType type(String name) {
    return MeasureType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private ResultPage measures(String prefix) {
    Map<String, Set<String>> dimensionsOf = new TreeMap<>();
    Map<String, MeasureType> types = new HashMap<>();
    data.forEach((series, values) -> {
      if (series.measureName().startsWith(prefix)) {
        types.put(series.measureName(), values.firstEntry().getValue().type());
        Set<String> of =
            dimensionsOf.computeIfAbsent(series.measureName(), _ -> new LinkedHashSet<>());
        series.dimensions().forEach(dimension -> of.add(dimension.name()));
      }
    });
    List<String> names = List.copyOf(dimensionsOf.keySet());
    List<String> all = new ArrayList<>();
    int[] offsets = new int[names.size() + 1];
    for (int i = 0; i < names.size(); i++) {
      all.addAll(dimensionsOf.getOrDefault(names.get(i), Set.of()));
      offsets[i + 1] = all.size();
    }
    ValueType pair =
        new ValueType.RowOf(
            List.of(
                new ValueType.Field("dimension_name", Scalar.VARCHAR),
                new ValueType.Field("data_type", Scalar.VARCHAR)));
    ColumnVector pairs =
        new ColumnVector.Rows(
            List.of(text("", all).values(), text("", all).values()), all.size(), null);
    return new ResultPage(
        List.of(
            text("measure_name", names),
            text(
                "data_type",
                names.stream()
                    .map(name -> String.valueOf(types.get(name)).toLowerCase(Locale.ROOT))
                    .toList()),
            new ResultPage.Column(
                "dimensions",
                new ValueType.ArrayOf(pair),
                new ColumnVector.Arrays(offsets, pairs, null))),
        names.size());
  }

  private static ResultPage.Column text(String name, List<String> values) {
    List<String> dictionary = values.stream().filter(value -> value != null).distinct().toList();
    int[] codes = values.stream().mapToInt(dictionary::indexOf).toArray();
    return new ResultPage.Column(
        name, Scalar.VARCHAR, new ColumnVector.Strings(codes, dictionary.toArray(String[]::new)));
  }

  private static ResultPage.Column series(List<Row> rows, MeasureType wanted) {
    List<Point> points = rows.stream().flatMap(row -> row.points().stream()).toList();
    int[] offsets = new int[rows.size() + 1];
    for (int i = 0; i < rows.size(); i++) {
      offsets[i + 1] = offsets[i] + rows.get(i).points().size();
    }
    long[] times = points.stream().mapToLong(Point::epochNanos).toArray();
    Scalar scalar = wanted == MeasureType.DOUBLE ? Scalar.DOUBLE : Scalar.BIGINT;
    return new ResultPage.Column(
        "samples",
        new ValueType.TimeSeriesOf(scalar),
        new ColumnVector.TimeSeries(offsets, times, values(points, wanted), null));
  }

  private static ColumnVector values(List<Point> points, MeasureType wanted) {
    BitSet nulls = new BitSet();
    long[] longs = new long[points.size()];
    double[] doubles = new double[points.size()];
    for (int i = 0; i < longs.length; i++) {
      Measure measure = points.get(i).measure();
      nulls.set(i, measure.type() != wanted);
      longs[i] = measure instanceof Measure.OfBigint(long value) ? value : 0;
      doubles[i] = measure instanceof Measure.OfDouble(double value) ? value : 0;
    }
    return wanted == MeasureType.DOUBLE
        ? new ColumnVector.Doubles(doubles, nulls)
        : new ColumnVector.Longs(longs, nulls);
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
