// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import static dev.weir.benchmarks.timestream.RefusedException.invalid;

import dev.weir.benchmarks.timestream.PageWriter.Page;
import java.util.LinkedHashMap;
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
    String catalog = CatalogAnswers.of(request.text());
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
    return page(queryId, selection, 0, request.rowsMax());
  }

  private Page next(Request request, String token) {
    String[] parts = token.split("\\.");
    Selection selection;
    synchronized (queries) {
      selection = queries.get(parts[0]);
    }
    if (selection == null || parts.length != 2) {
      throw invalid("Invalid pagination token");
    }
    return page(parts[0], selection, Long.parseLong(parts[1]), request.rowsMax());
  }

  private Page page(String queryId, Selection selection, long from, int rowsMax) {
    return new PageWriter(stored, selection, pageBytesMax).write(from, rowsMax, queryId);
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
}
