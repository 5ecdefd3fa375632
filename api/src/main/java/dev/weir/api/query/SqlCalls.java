// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Problem;
import dev.weir.api.call.QueryPlaces;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Runs statements: the first page, the ones after, all of them as CSV; tells of them, ends them.
 */
final class SqlCalls {

  private static final String CSV = "text/csv";

  private final QueryRunner queries;
  private final CheckedStatements statements;
  private final CallerScope scopes;
  private final QueryPlaces places;
  private final OpenQueries open;
  private final InstantSource clock;

  SqlCalls(
      QueryRunner queries,
      CheckedStatements statements,
      CallerScope scopes,
      QueryPlaces places,
      OpenQueries open,
      InstantSource clock) {
    this.queries = queries;
    this.statements = statements;
    this.scopes = scopes;
    this.places = places;
    this.open = open;
    this.clock = clock;
  }

  Response post(ApiCall call) {
    call.query();
    if (call.request().contentLength() > SqlCall.BODY_BYTES_MAX) {
      return tooLarge();
    }
    byte[] body;
    try {
      body = call.request().body().readNBytes(SqlCall.BODY_BYTES_MAX + 1);
    } catch (IOException _) {
      return Problem.badRequest("the body could not be read");
    }
    if (body.length > SqlCall.BODY_BYTES_MAX) {
      return tooLarge();
    }
    SqlCall asked = SqlCall.read(body);
    if (asked.sql().getBytes(StandardCharsets.UTF_8).length > SqlCall.TEXT_BYTES_MAX) {
      return tooLarge();
    }
    boolean csv = wantsCsv(call.request().headers());
    if (csv && asked.next() != null) {
      return Problem.badRequest("CSV has all rows in one answer: there is no next");
    }
    Scope scope = scopes.of(call.caller());
    Optional<ResultPage> known = statements.check(asked.sql(), scope);
    OpenQuery query =
        asked.next() == null
            ? open.begin(call.caller(), asked.id(), asked.sql(), scope)
            : found(call, asked, asked.next(), scope);
    try (QueryPlaces.Held _ = places.take(call.caller(), Duration.ZERO)) {
      return query.inTurn(clock, () -> csv ? csv(query, asked, known) : page(query, asked, known));
    } catch (StoreException e) {
      if (query.cancelled()) {
        return Problem.cancelled("the query was cancelled");
      }
      if (asked.next() == null) {
        open.end(query);
      }
      throw e;
    }
  }

  Response show(ApiCall call) {
    call.query();
    Optional<OpenQuery> query = open.find(call.caller(), call.path("id"));
    if (query.isEmpty()) {
      return noQuery();
    }
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("id", query.get().key().id());
          json.writeBooleanProperty("running", query.get().running());
          json.writeNumberProperty("elapsed_ms", query.get().elapsed(clock.instant()).toMillis());
          json.writeEndObject();
        });
  }

  Response cancel(ApiCall call) {
    call.query();
    Optional<OpenQuery> query = open.find(call.caller(), call.path("id"));
    return query.isPresent() && open.end(query.get()) ? Response.empty(204) : noQuery();
  }

  private OpenQuery found(ApiCall call, SqlCall asked, String next, Scope scope) {
    return open.find(call.caller(), OpenQueries.idOf(next))
        .filter(query -> query.fits(asked.sql(), scope))
        .filter(query -> asked.id() == null || asked.id().equals(query.key().id()))
        .orElseThrow(OpenQuery::gone);
  }

  private Response page(OpenQuery query, SqlCall asked, Optional<ResultPage> known) {
    Instant deadline = clock.instant().plus(asked.time());
    OpenQuery.Place place = OpenQuery.Place.START;
    if (asked.next() != null) {
      place = query.place(asked.next());
      if (place == null) {
        throw OpenQuery.gone();
      }
    } else if (known.isPresent()) {
      place = new OpenQuery.Place(known.get(), 0, null);
    }
    PageFilling filling = new PageFilling(query, queries, asked.rowsMax(), deadline);
    OpenQuery.Place rest = filling.from(place);
    String next = null;
    if (rest == null) {
      query.finish();
      if (asked.next() == null) {
        open.forget(query);
      }
    } else {
      next = open.token(query);
      query.issue(next, rest);
    }
    byte[] bytes = filling.end(next, query.elapsed(clock.instant()).toMillis());
    return Response.bytes(
        200, Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"), bytes);
  }

  private Response csv(OpenQuery query, SqlCall asked, Optional<ResultPage> known) {
    QueryPage first =
        known
            .map(page -> new QueryPage(query.key().id(), page, null))
            .orElseGet(() -> query.fetch(queries, null, 0, clock.instant().plus(asked.time())));
    CsvAnswer body =
        new CsvAnswer(
            first,
            () -> query.sending(true),
            token -> {
              try (QueryPlaces.Held _ = places.take(query.key().caller(), asked.time())) {
                Instant deadline = clock.instant().plus(asked.time());
                return query.inTurn(clock, () -> query.fetch(queries, token, 0, deadline));
              }
            },
            whole -> {
              query.sending(false);
              if (whole) {
                open.forget(query);
              } else {
                open.end(query);
              }
            });
    return new Response(
        200,
        Headers.of(
            "Content-Type",
            "text/csv; charset=utf-8; header=present",
            "Content-Disposition",
            "attachment; filename=\"weir.csv\"",
            "Cache-Control",
            "no-store"),
        body);
  }

  private static boolean wantsCsv(Headers headers) {
    return headers.all("Accept").stream().anyMatch(accept -> accept.strip().startsWith(CSV));
  }

  private static Response tooLarge() {
    return Problem.tooLarge("a statement has at most %d bytes".formatted(SqlCall.TEXT_BYTES_MAX));
  }

  private static Response noQuery() {
    return Problem.notFound("no query of that id runs or has pages left");
  }
}
