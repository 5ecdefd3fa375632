// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.timestream.catalog.AccountActions;
import dev.weir.server.timestream.catalog.DatabaseActions;
import dev.weir.server.timestream.catalog.TableActions;
import dev.weir.server.timestream.catalog.TagActions;
import dev.weir.server.timestream.query.QueryActions;
import dev.weir.server.timestream.signing.Callers;
import dev.weir.server.timestream.wire.Action;
import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.Faults;
import dev.weir.server.timestream.wire.JsonText;
import dev.weir.server.timestream.wire.Operation;
import dev.weir.server.timestream.wire.WireCall;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.server.timestream.write.WriteRecords;
import dev.weir.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the Timestream wire API. Finds out which operation is meant and who calls, lets the
 * operation run, and turns what goes wrong into the protocol's errors. Thread-safe.
 */
public final class TimestreamDoor implements Handler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimestreamDoor.class);

  private static final String NO_OPERATION = "unknown";
  private static final String NO_FAULT = "none";

  private final Map<Operation, Action> actions = new EnumMap<>(Operation.class);
  private final Callers callers;
  private final boolean tls;
  private final InstantSource clock;
  private final WeirMetrics metrics;
  private final QueryActions queries;

  /**
   * A door before a store.
   *
   * @param callers tells who calls
   * @param options the rest
   * @param random makes query ids and tokens, so it must not be predictable
   */
  public TimestreamDoor(
      TimestreamStore store,
      Callers callers,
      TimestreamOptions options,
      InstantSource clock,
      RandomGenerator random,
      WeirMetrics metrics) {
    this.callers = callers;
    this.tls = options.tls();
    this.clock = clock;
    this.metrics = metrics;
    this.queries = new QueryActions(store.queries(), store.preparer(), options.queryHold(), random);
    metrics.gauge(
        "weir_timestream_open_queries",
        "Queries of the wire API that run or have pages left.",
        queries::openQueries);
    actions.putAll(queries.all());
    actions.put(Operation.WRITE_RECORDS, new WriteRecords(store.points(), store.administration()));
    actions.putAll(new DatabaseActions(store.catalog(), store.administration()).all());
    actions.putAll(new TableActions(store.catalog(), store.administration()).all());
    actions.putAll(new TagActions(store.tags()).all());
    actions.putAll(new AccountActions(store.settings()).all());
  }

  @Override
  public Response handle(Request request) {
    long begin = System.nanoTime();
    Optional<Operation> operation = operation(request);
    String fault = NO_FAULT;
    Response response;
    try {
      response = run(request, operation);
    } catch (WireException e) {
      fault = e.fault().shape();
      response = Faults.answer(e);
    }
    metrics.wireCallFinished(
        operation.map(Operation::wireName).orElse(NO_OPERATION), fault, System.nanoTime() - begin);
    return response;
  }

  /** Ends all queries that run. */
  @Override
  public void close() {
    queries.close();
  }

  private Response run(Request request, Optional<Operation> named) {
    Operation operation =
        named.orElseThrow(() ->
            new WireException(
                Fault.UNKNOWN_OPERATION,
                "X-Amz-Target must be Timestream_20181101. and an operation of its API"));
    byte[] body = body(request);
    try {
      Caller caller = callers.of(request, body);
      caller.mayCall(operation);
      WireCall call = new WireCall(operation, caller, endpoint(request), clock.instant(), body);
      return Faults.answer(action(operation).run(call));
    } catch (StoreException e) {
      throw Faults.of(e, operation);
    } catch (WireException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError()
          .addKeyValue("operation", operation.wireName())
          .setCause(e)
          .log("an operation failed");
      throw new WireException(Fault.INTERNAL_SERVER, "internal error; the log has more");
    }
  }

  private Action action(Operation operation) {
    if (operation.missing() != null) {
      throw WireException.invalid(
          operation.wireName() + " is not available: Weir has no " + operation.missing() + ".");
    }
    Action action = actions.get(operation);
    if (action == null) {
      throw new IllegalStateException("nothing carries out " + operation);
    }
    return action;
  }

  private static Optional<Operation> operation(Request request) {
    List<String> targets = request.headers().all("X-Amz-Target");
    return targets.size() == 1 ? Operation.of(targets.getFirst()) : Optional.empty();
  }

  private static byte[] body(Request request) {
    if (request.contentLength() > JsonText.BODY_BYTES_MAX) {
      throw tooLarge();
    }
    byte[] body;
    try {
      body = request.body().readNBytes(JsonText.BODY_BYTES_MAX + 1);
    } catch (IOException e) {
      // The server knows why the body could not be read, and answers that.
      throw new UncheckedIOException(e);
    }
    if (body.length > JsonText.BODY_BYTES_MAX) {
      throw tooLarge();
    }
    return body;
  }

  private static WireException tooLarge() {
    return WireException.invalid(
        "The request body has more than "
            + JsonText.BODY_BYTES_MAX
            + " bytes; send fewer records in a call.");
  }

  /** The Host as it came; with a scheme only where a client would else take https. */
  private String endpoint(Request request) {
    String host = request.headers().first("Host").orElse("localhost");
    if (!tls) {
      return "http://" + host;
    }
    return host.endsWith(":443") ? host.substring(0, host.length() - 4) : host;
  }
}
