// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import static dev.weir.benchmarks.timestream.RefusedException.invalid;

import dev.weir.benchmarks.timestream.PageWriter.Cursor;
import dev.weir.benchmarks.timestream.PageWriter.Page;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Answers Query: the catalog, and pages of the made table. Thread-safe. */
final class QueryCalls {

  /** Queries whose tokens are good. */
  private static final int QUERIES_KEPT = 1_000;

  private static final int STATEMENT_MAX = 262_144;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(2 * STATEMENT_MAX).build())
          .build();

  private final StoredPoints stored;
  private final int pageBytesMax;
  private final Figures figures;
  private final AtomicLong numbers = new AtomicLong();

  /** By the id of the query; the oldest goes first. Guarded by itself. */
  private final Map<String, Selection> queries =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Selection> eldest) {
          return size() > QUERIES_KEPT;
        }
      };

  QueryCalls(StoredPoints stored, int pageBytesMax, Figures figures) {
    this.stored = stored;
    this.pageBytesMax = pageBytesMax;
    this.figures = figures;
  }

  /** What is used of the members of a Query. */
  private record Request(String text, @Nullable String token, int rowsMax) {}

  Reply answer(byte[] body, int length, int delayMillis) {
    Request request = read(body, length);
    String catalog = catalog(request.text());
    if (catalog != null) {
      figures.statements.increment();
      return Reply.json(catalog);
    }
    String token = request.token();
    Page page = token == null ? first(request) : next(request, token);
    figures.pages.increment();
    figures.pageBytes.add(page.length());
    figures.rows.add(page.rows());
    figures.points.add(page.points());
    return new Reply(200, page.body(), page.length(), delayMillis);
  }

  private Page first(Request request) {
    figures.statements.increment();
    if (request.text().length() > STATEMENT_MAX) {
      throw invalid("the statement has more than %d characters", STATEMENT_MAX);
    }
    Selection selection = Selection.of(SqlOutline.of(request.text()), stored);
    String queryId = "STUB" + numbers.incrementAndGet();
    synchronized (queries) {
      queries.put(queryId, selection);
    }
    return page(queryId, selection, new Cursor(0, 0), request.rowsMax());
  }

  private Page next(Request request, String token) {
    String[] parts = token.split("\\.");
    Selection selection;
    synchronized (queries) {
      selection = queries.get(parts[0]);
    }
    if (selection == null || parts.length != 3) {
      throw invalid("Invalid pagination token");
    }
    Cursor from = new Cursor(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    return page(parts[0], selection, from, request.rowsMax());
  }

  private Page page(String queryId, Selection selection, Cursor from, int rowsMax) {
    return new PageWriter(stored, selection, pageBytesMax).write(from, rowsMax, queryId, queryId);
  }

  private static Request read(byte[] body, int length) {
    String text = null;
    String token = null;
    int rowsMax = 0;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body, 0, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "QueryString" -> text = json.getString();
          case "NextToken" -> token = json.getString();
          case "MaxRows" -> rowsMax = json.getIntValue();
          case "ClientToken" -> {}
          default -> throw invalid("unknown member %s", name);
        }
      }
    } catch (JacksonException e) {
      throw new RefusedException("SerializationException", e.getOriginalMessage());
    }
    if (text == null) {
      throw invalid("QueryString is missing");
    }
    return new Request(text, token, rowsMax);
  }

  /** The answers about the table itself; null for anything else. */
  private static @Nullable String catalog(String text) {
    String start = text.strip().toUpperCase(Locale.ROOT);
    if (start.startsWith("DESCRIBE ")) {
      return describe();
    }
    if (start.startsWith("SHOW DATABASES")) {
      return rows(new String[] {"Database"}, new String[][] {{"metrics"}});
    }
    if (start.startsWith("SHOW TABLES")) {
      return rows(new String[] {"Table"}, new String[][] {{"prometheus"}});
    }
    if (start.equals("SELECT 1")) {
      return rows(new String[] {"_col0"}, new String[][] {{"1"}}).replace("VARCHAR", "INTEGER");
    }
    return null;
  }

  private static String describe() {
    int dimensions = MadeTable.DIMENSIONS.size();
    String[][] rows = new String[dimensions + 3][];
    for (int i = 0; i < dimensions; i++) {
      rows[i] = new String[] {MadeTable.DIMENSIONS.get(i), "varchar", "DIMENSION"};
    }
    rows[dimensions] = new String[] {"measure_name", "varchar", "MEASURE_NAME"};
    rows[dimensions + 1] = new String[] {"time", "timestamp", "TIMESTAMP"};
    rows[dimensions + 2] = new String[] {"measure_value::double", "double", "MEASURE_VALUE"};
    return rows(new String[] {"Column", "Type", "Timestream attribute type"}, rows);
  }

  private static String rows(String[] names, String[][] rows) {
    StringBuilder json = new StringBuilder("{\"ColumnInfo\":[");
    for (int i = 0; i < names.length; i++) {
      json.append(i == 0 ? "" : ",").append("{\"Name\":\"").append(names[i]);
      json.append("\",\"Type\":{\"ScalarType\":\"VARCHAR\"}}");
    }
    json.append("],\"QueryId\":\"STUBCATALOG\",\"QueryStatus\":{\"CumulativeBytesMetered\":0,");
    json.append("\"CumulativeBytesScanned\":0,\"ProgressPercentage\":100.0},\"Rows\":[");
    for (int row = 0; row < rows.length; row++) {
      json.append(row == 0 ? "" : ",").append("{\"Data\":[");
      for (int i = 0; i < names.length; i++) {
        json.append(i == 0 ? "" : ",").append("{\"ScalarValue\":\"");
        json.append(rows[row][i]).append("\"}");
      }
      json.append("]}");
    }
    return json.append("]}").toString();
  }
}
