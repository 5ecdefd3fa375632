// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import dev.weir.api.Api;
import dev.weir.server.Door;
import dev.weir.server.Limits;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.console.ConsoleRoutes;
import dev.weir.server.metrics.Sample;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.timestream.signing.Callers;
import dev.weir.store.PointWriter;
import dev.weir.store.PreparedQuery;
import dev.weir.store.QueryPreparer;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreHealth;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.RecordingPointWriter;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The door on a free port of loopback, a store in memory behind it, a client before it. */
final class Desk implements AutoCloseable {

  /** An answer. */
  record Answer(int status, String body, HttpResponse<String> whole) {
    String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }
  }

  final ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00.250Z"));
  final AccountInMemory account = new AccountInMemory(clock);
  final RecordingPointWriter points = new RecordingPointWriter();
  final WeirMetrics metrics = new WeirMetrics("test");
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private PointWriter writer = points;
  private QueryRunner queries = new ScriptedQueryRunner();
  private QueryPreparer preparer = (_, _) -> new PreparedQuery(List.of(), List.of());
  private Callers callers = Callers.anyone();
  private Limits limits = Limits.standard();
  private Duration hold = Duration.ofSeconds(30);
  private WeirServer server;

  @SuppressWarnings("NullAway.Init") // The server is there once the desk is open.
  Desk() {}

  Desk queries(QueryRunner other) {
    queries = other;
    return this;
  }

  Desk hold(Duration other) {
    hold = other;
    return this;
  }

  Desk limits(Limits other) {
    limits = other;
    return this;
  }

  Desk preparer(QueryPreparer other) {
    preparer = other;
    return this;
  }

  Desk writer(PointWriter other) {
    writer = other;
    return this;
  }

  Desk callers(Callers other) {
    callers = other;
    return this;
  }

  Desk open() {
    TimestreamStore store =
        new TimestreamStore(writer, queries, preparer, account, account, account, account);
    TimestreamDoor door =
        new TimestreamDoor(
            store,
            callers,
            TimestreamOptions.of(false).withQueryHold(hold),
            clock,
            new Random(1),
            metrics);
    ServerOptions options =
        ServerOptions.on("127.0.0.1:0")
            .withDoors(Set.of(Door.TIMESTREAM, Door.CONSOLE))
            .withLimits(limits);
    List<Route> routes = new ArrayList<>(ConsoleRoutes.of(new Api(List.of()), options, clock));
    routes.add(Route.post(Door.TIMESTREAM, "/", door));
    server =
        WeirServer.start(
            options, routes, () -> new StoreHealth.Health(true, "well"), metrics, clock);
    return this;
  }

  int port() {
    return server.port();
  }

  HttpRequest.Builder request(String operation, byte[] body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/"))
        .header("Content-Type", "application/x-amz-json-1.0")
        .header("X-Amz-Target", "Timestream_20181101." + operation)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  /** Single quotes stand for double ones, so that a test can be read. */
  Answer call(String operation, String json) {
    return send(request(operation, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  Answer call(String operation, byte[] body) {
    return send(request(operation, body));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body().replace('"', '\''), response);
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The body of an error, in single quotes. */
  static String error(String type, String message) {
    return "{'__type':'com.amazonaws.timestream.v20181101#%s','Message':'%s'}"
        .formatted(type, message);
  }

  /** A count of calls by operation and error. */
  double calls(String operation, String error) {
    return metrics.samples().stream()
        .filter(sample -> sample.name().equals("weir_timestream_requests_total"))
        .filter(sample -> sample.labels().toString().contains(operation))
        .filter(sample -> sample.labels().toString().contains(error))
        .mapToDouble(Sample::value)
        .sum();
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
