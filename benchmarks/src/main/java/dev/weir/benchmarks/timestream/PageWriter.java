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
   * Where a page begins.
   *
   * @param series the place in the selection's series
   * @param sample the number of the sample in it
   */
  record Cursor(int series, int sample) {}

  /**
   * A page.
   *
   * @param next where the next one begins; its series is past the last one at the end
   */
  record Page(byte[] body, int length, int rows, long points, Cursor next) {}

  /**
   * Writes rows until the page is full.
   *
   * @param rowsMax 0 for as many as fit
   * @param tokenPrefix what the token says before the place of the next page
   */
  Page write(Cursor from, int rowsMax, String queryId, String tokenPrefix) {
    put(ascii(start(queryId)));
    int rows = 0;
    long points = 0;
    int series = from.series();
    int sample = from.sample();
    int rowsLimit = rowsMax == 0 ? Integer.MAX_VALUE : rowsMax;
    boolean full = false;
    while (!full && series < selection.series().length) {
      int number = selection.series()[series];
      int end = stored.firstAt(number, selection.endMillis() + 1);
      sample = Math.max(sample, stored.firstAt(number, selection.startMillis()));
      while (sample < end) {
        int rowEnd = rowEnd(number, sample, end);
        int before = length;
        put(rows == 0 ? new byte[0] : new byte[] {','});
        putRow(number, sample, rowEnd);
        if (length > bytesMax || rows == rowsLimit) {
          if (rows == 0) {
            throw invalid(
                "Query aborted as max page response size has been exceeded by the output result"
                    + " row");
          }
          length = before;
          full = true;
          break;
        }
        rows++;
        points += rowEnd - sample;
        sample = rowEnd;
      }
      if (!full) {
        series++;
        sample = 0;
      }
    }
    String token =
        full ? ",\"NextToken\":\"" + tokenPrefix + "." + series + "." + sample + "\"" : "";
    put(ascii("]" + token + "}"));
    return new Page(bytes, length, rows, points, new Cursor(series, sample));
  }

  private int rowEnd(int series, int sample, int end) {
    if (!selection.grouped()) {
      return sample + 1;
    }
    long width = selection.binMillis();
    if (width == 0) {
      return end;
    }
    long bin = Math.floorDiv(stored.table().timeMillis(series, sample), width);
    return Math.min(end, stored.firstAt(series, (bin + 1) * width));
  }

  private void putRow(int series, int from, int to) {
    put(ROW_START);
    for (int i = 0; i < selection.columns().size(); i++) {
      if (i > 0) {
        put(new byte[] {','});
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
