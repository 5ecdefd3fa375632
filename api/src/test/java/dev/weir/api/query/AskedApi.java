// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.record.CheckTables;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryRunner;
import dev.weir.store.kit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The API over a store, and how tests ask it. */
final class AskedApi {

  final ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00Z"));
  private final Api api;

  AskedApi(QueryRunner queries, CatalogReader catalog) {
    api =
        new Api(
            new QueryApi(queries, catalog, CheckTables.ORIGINAL, clock, new Random(5))
                .operations());
  }

  Response response(String method, String target, Caller caller, String body, String accept) {
    String[] parts = target.split("\\?", 2);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return api.handle(
        new Request(
            method,
            "/api/v1" + parts[0],
            parts.length > 1 ? parts[1] : "",
            Headers.of("Accept", accept),
            bytes.length,
            new ByteArrayInputStream(bytes)),
        caller);
  }

  Response post(Caller caller, String body) {
    return response("POST", "/sql", caller, body, "application/json");
  }

  /** A statement of a declared length whose sender then is silent: who reads it, fails. */
  Response declared(Caller caller, long bytes) {
    InputStream silent =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("the body was read");
          }
        };
    return api.handle(
        new Request("POST", "/api/v1/sql", "", Headers.empty(), bytes, silent), caller);
  }

  /** A page with one column of texts. */
  static ResultPage texts(String... values) {
    return new ResultPage(
        List.of(
            new ResultPage.Column(
                "text",
                ValueType.Scalar.VARCHAR,
                new ColumnVector.Strings(IntStream.range(0, values.length).toArray(), values))),
        values.length);
  }

  static String body(Response response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.body().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static String next(String body) {
    Matcher matcher = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(body);
    return matcher.find() ? matcher.group(1) : "";
  }
}
