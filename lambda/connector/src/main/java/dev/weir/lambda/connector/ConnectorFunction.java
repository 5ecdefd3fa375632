// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.read.ReadPlan;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.prometheus.write.WriteListener;
import dev.weir.store.timestream.Credentials;
import dev.weir.store.timestream.RequestCredentials;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.TimestreamStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Carries requests to Timestream, by the AWS connector's rules for headers. Thread-safe. */
final class ConnectorFunction implements AutoCloseable {

  private static final String WRITE_VERSION = "x-prometheus-remote-write-version";
  private static final String READ_VERSION = "x-prometheus-remote-read-version";

  private final boolean roleCredentials;
  private final TimestreamStores stores;
  private final RemoteWrite write;
  private final RemoteRead read;

  ConnectorFunction(LambdaSettings settings, WriteListener listener, InstantSource clock) {
    this.roleCredentials = settings.roleCredentials();
    this.stores = TimestreamStores.open(settings.upstream(clock));
    this.write = new RemoteWrite(settings.table(), settings.write(), listener, clock);
    this.read =
        new RemoteRead(
            settings.table(),
            RemoteReadOptions.defaults().withPlan(ReadPlan.grouped()),
            _ -> {},
            clock);
  }

  /** Opens a connection, as {@link TimestreamStores#reach} has it. */
  boolean reach(Duration time) {
    return stores.reach(time);
  }

  Response answer(Request request) {
    return switch (request.path()) {
      case "/write", "/api/v1/write" -> carried(request, WRITE_VERSION, write::over);
      case "/read", "/api/v1/read" ->
          carried(request, READ_VERSION, store -> read.over(store, store));
      default -> Response.text(404, "nothing answers at " + request.path());
    };
  }

  /** Gives the handler of a store. */
  private interface Carrier {
    Handler over(TimestreamStore store);
  }

  private Response carried(Request request, String versionHeader, Carrier carrier) {
    if (request.headers().first(versionHeader).isEmpty()) {
      return Response.text(400, "the header " + versionHeader + " is missing");
    }
    if (roleCredentials) {
      return carrier.over(stores.ofEnvironment()).handle(request);
    }
    Optional<Credentials> brought = RequestCredentials.of(request.headers());
    return brought.isEmpty()
        ? RequestCredentials.missing()
        : carrier.over(stores.of(brought.get())).handle(request);
  }

  @Override
  public void close() {
    stores.close();
  }
}
