// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import static dev.weir.benchmarks.timestream.RefusedException.invalid;

import dev.weir.benchmarks.timestream.Selection.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one page of a selection. One use. */
final class PageWriter {

  private static final byte[] NULL = ascii("{\"NullValue\":true}");
  private static final byte[] METRIC = StoredPoints.scalar(MadeTable.METRIC);
  private static final byte[] ROW_START = ascii("{\"Data\":[");
  private static final byte[] SERIES_START = ascii("{\"TimeSeriesValue\":[");
  private static final byte[] LIST_END = ascii("]}");
  private static final byte[] COMMA = ascii(",");
  private static final byte[] NOTHING = {};

  private final StoredPoints stored;
  private final Selection selection;
  private final int bytesMax;
  private byte[] bytes;
  private int length;

  PageWriter(StoredPoints stored, Selection selection, int bytesMax) {
    this.stored = stored;
    this.selection = selection;
    this.bytesMax = bytesMax;
    this.bytes = new byte[bytesMax + 64 * 1_024];
  }

  /**
   * A page.
   *
   * @param next the number of the cell that the next page begins with; as many as there are cells
   *     at the end
   */
  record Page(byte[] body, int length, int rows, long points, long next) {}

  /**
   * Writes rows until the page is full.
   *
   * @param from the number of a cell
   * @param rowsMax 0 for as many as fit
   */
  Page write(long from, int rowsMax, String queryId) {
    put(ascii(start(queryId)));
    Cells cells = new Cells(stored, selection);
    int rowsLimit = rowsMax == 0 ? Integer.MAX_VALUE : rowsMax;
    int rows = 0;
    long points = 0;
    long number = from;
    while (number < cells.count() && rows < rowsLimit) {
      cells.go(number);
      if (cells.to() > cells.from()) {
        int before = length;
        put(rows == 0 ? NOTHING : COMMA);
        putRow(cells.series(), cells.from(), cells.to());
        if (length > bytesMax) {
          length = before;
          break;
        }
        rows++;
        points += cells.to() - cells.from();
      }
      number++;
    }
    if (rows == 0 && number < cells.count()) {
      throw invalid(
          "Query aborted as max page response size has been exceeded by the output result row");
    }
    boolean last = number == cells.count();
    put(ascii(last ? "]}" : "],\"NextToken\":\"" + queryId + "." + number + "\"}"));
    return new Page(bytes, length, rows, points, number);
  }

  private void putRow(int series, int from, int to) {
    put(ROW_START);
    for (int i = 0; i < selection.columns().size(); i++) {
      if (i > 0) {
        put(COMMA);
      }
      putDatum(selection.columns().get(i), series, from, to);
    }
    put(LIST_END);
  }

  private void putDatum(Column column, int series, int from, int to) {
    MadeTable table = stored.table();
    switch (column.content()) {
      case DIMENSION -> put(stored.label(series, column.dimension()));
      case MEASURE_NAME -> put(METRIC);
      case COUNT -> put(StoredPoints.scalar(Integer.toString(to - from)));
      case BIN -> putTime(Math.floorDiv(table.timeMillis(series, from), binOrOne()) * binOrOne());
      case TIME, FIRST_TIME -> putTime(table.timeMillis(series, from));
      case LAST_TIME -> putTime(table.timeMillis(series, to - 1));
      case VALUE -> put(StoredPoints.scalar(Double.toString(table.value(series, from))));
      case NO_VALUE -> put(NULL);
      case TIME_SERIES -> {
        put(SERIES_START);
        int points = stored.pointsLength(series, from, to);
        require(points);
        stored.copyPoints(series, from, to, bytes, length);
        length += points;
        put(LIST_END);
      }
    }
  }

  private long binOrOne() {
    return Math.max(1, selection.binMillis());
  }

  private void putTime(long epochMillis) {
    put(StoredPoints.scalar(StoredPoints.timestamp(epochMillis)));
  }

  private String start(String queryId) {
    StringBuilder json = new StringBuilder("{\"ColumnInfo\":[");
    String separator = "";
    for (Column column : selection.columns()) {
      json.append(separator).append("{\"Name\":\"").append(column.name());
      json.append("\",\"Type\":").append(type(column)).append('}');
      separator = ",";
    }
    return json.append("],\"QueryId\":\"")
        .append(queryId)
        .append("\",\"QueryStatus\":{\"CumulativeBytesMetered\":10000000,")
        .append("\"CumulativeBytesScanned\":0,\"ProgressPercentage\":100.0},\"Rows\":[")
        .toString();
  }

  private static String type(Column column) {
    return switch (column.content()) {
      case DIMENSION, MEASURE_NAME -> "{\"ScalarType\":\"VARCHAR\"}";
      case COUNT, NO_VALUE -> "{\"ScalarType\":\"BIGINT\"}";
      case BIN, TIME, FIRST_TIME, LAST_TIME -> "{\"ScalarType\":\"TIMESTAMP\"}";
      case VALUE -> "{\"ScalarType\":\"DOUBLE\"}";
      case TIME_SERIES ->
          "{\"TimeSeriesMeasureValueColumnInfo\":{\"Type\":{\"ScalarType\":\"DOUBLE\"}}}";
    };
  }

  private void put(byte[] text) {
    require(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  private void require(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
