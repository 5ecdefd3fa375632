// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.server.timestream.query.OpenQuery.Place;
import dev.weir.server.timestream.wire.Action;
import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.JsonObject;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.Operation;
import dev.weir.server.timestream.wire.WireCall;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.PreparedQuery;
import dev.weir.store.QueryPreparer;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableName;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Runs, goes on with, cancels and checks queries. Thread-safe. */
public final class QueryActions implements AutoCloseable {

  /** How long a call waits for a query before it is answered without rows. */
  public static final Duration HOLD = Duration.ofSeconds(5);

  /** How long a query may run. */
  static final Duration TIME_MAX = Duration.ofHours(1);

  /**
   * Rows of a page of the store where the caller names no number: a page of the answer is put
   * together from some of them, and what is kept of one is small.
   */
  private static final int STORE_PAGE_ROWS = 1_000;

  private static final int QUERY_ID_LENGTH_MAX = 64;

  private final QueryRunner runner;
  private final QueryPreparer preparer;
  private final Duration hold;
  private final OpenQueries open;
  private final ClientTokens clientTokens = new ClientTokens();
  private final PageWriter pages;

  /** Actions on a store; {@code random} makes ids and tokens and must not be predictable. */
  public QueryActions(
      QueryRunner runner, QueryPreparer preparer, Duration hold, RandomGenerator random) {
    this.runner = runner;
    this.preparer = preparer;
    this.hold = hold;
    this.open = new OpenQueries(runner, random);
    this.pages = new PageWriter(runner, open);
  }

  /** What this class does. */
  public Map<Operation, Action> all() {
    return Map.of(
        Operation.QUERY, this::query,
        Operation.CANCEL_QUERY, this::cancel,
        Operation.PREPARE_QUERY, this::prepare);
  }

  /** How many queries run or have pages left. */
  public int openQueries() {
    return open.count();
  }

  /** Ends all queries that run. */
  @Override
  public void close() {
    open.close();
  }

  private JsonOut query(WireCall call) {
    QueryInput input = QueryInput.of(call.input());
    String nextToken = input.nextToken();
    if (nextToken != null) {
      return resume(call, input, nextToken);
    }
    String clientToken = input.clientToken();
    if (clientToken != null) {
      return clientTokens.once(
          call.caller().accessKey(), clientToken, input, call.now(), () -> begin(call, input));
    }
    return begin(call, input);
  }

  private JsonOut begin(WireCall call, QueryInput input) {
    QueryRequest request =
        new QueryRequest(input.text(), call.caller().scope(), call.now().plus(TIME_MAX))
            .paged(input.rowsMax() == 0 ? STORE_PAGE_ROWS : input.rowsMax());
    OpenQuery query = open.begin(call.caller(), request, call.now());
    try {
      JsonOut answer =
          query.inTurn(call.now(), () -> pages.write(query, Place.START, input, hold, call.now()));
      if (query.ended()) {
        open.forget(query);
      }
      return answer;
    } catch (RuntimeException e) {
      // Nobody has a token for it.
      open.forget(query);
      query.cancel(runner);
      throw e;
    }
  }

  private JsonOut resume(WireCall call, QueryInput input, String token) {
    OpenQuery query = open.ofToken(token, call.caller());
    return query.inTurn(
        call.now(),
        () -> {
          Place place =
              query.place(
                  token,
                  call.caller().accessKey(),
                  input.text(),
                  call.caller().scope(),
                  call.now());
          return pages.write(query, place, input, hold, call.now());
        });
  }

  private JsonOut cancel(WireCall call) {
    String id = Constraints.required(call.input().text("QueryId"), "queryId");
    Constraints.length(id, "queryId", 1, QUERY_ID_LENGTH_MAX);
    OpenQuery query =
        open.find(id, call.caller())
            .filter(found -> !found.ended())
            .orElseThrow(() ->
                WireException.invalid(
                    "The query " + id + " does not run; it may have ended already."));
    query.cancel(runner);
    return new JsonOut(128)
        .open()
        .member("CancellationMessage", "The query " + id + " was cancelled.")
        .close();
  }

  private JsonOut prepare(WireCall call) {
    JsonObject input = call.input();
    String text = QueryInput.text(input);
    if (!Boolean.TRUE.equals(input.bool("ValidateOnly"))) {
      throw WireException.invalid("ValidateOnly must be true: Weir keeps no prepared queries.");
    }
    PreparedQuery prepared = preparer.prepare(text, call.caller().scope());
    JsonOut out = new JsonOut(1_024).open().member("QueryString", text);
    out.name("Columns").openArray();
    for (PreparedQuery.Column column : prepared.columns()) {
      out.open().member("Name", column.name());
      ColumnJson.type(out, column.type());
      TableName table = column.table();
      if (table != null) {
        out.member("DatabaseName", table.database()).member("TableName", table.table());
      }
      out.member("Aliased", column.aliased()).close();
    }
    out.closeArray().name("Parameters").openArray();
    for (PreparedQuery.Parameter parameter : prepared.parameters()) {
      out.open().member("Name", parameter.name());
      ColumnJson.type(out, parameter.type());
      out.close();
    }
    return out.closeArray().close();
  }
}
