// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import dev.weir.server.metrics.WeirMetrics;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Jetty hands over. Each request is judged from the cheap to the dear: path, credentials,
 * method, declared length, room; only then its handler sees it. Runs on a virtual thread per
 * request.
 */
final class Edge extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  /** The label of all paths that nothing answers, so that strangers can't make series. */
  private static final String NO_PATH = "other";

  /** With each 5xx: the sender keeps what it has, and comes again. */
  static final String RETRY_AFTER = "Retry-After";

  static final String RETRY_SECONDS = "1";

  /** How long browsers come over TLS alone: a year. */
  private static final long STRICT_TRANSPORT_SECONDS = Duration.ofDays(365).toSeconds();

  private final Routes routes;
  private final HealthPaths healthPaths;
  private final Guard guard;
  private final Limits limits;
  private final Supplier<Map<String, String>> extraHeaders;
  private final Consumer<SocketAddress> onRequest;
  private final InFlight inFlight;
  private final WeirMetrics metrics;
  private final BodyBudget budget;
  private final Semaphore slots;

  /** A part of {@link #slots}: who calls there is judged by the handler, after a slot was taken. */
  private final Semaphore consoleSlots;

  private final RequestIds ids = new RequestIds(new SecureRandom());

  Edge(
      Routes routes,
      HealthPaths healthPaths,
      Guard guard,
      Limits limits,
      Supplier<Map<String, String>> extraHeaders,
      Consumer<SocketAddress> onRequest,
      InFlight inFlight,
      WeirMetrics metrics) {
    this.routes = routes;
    this.healthPaths = healthPaths;
    this.guard = guard;
    this.limits = limits;
    this.extraHeaders = extraHeaders;
    this.onRequest = onRequest;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.budget = new BodyBudget(limits.bodyBytesInFlight());
    this.slots = new Semaphore(limits.concurrentRequests());
    this.consoleSlots = new Semaphore(limits.consoleRequests());
  }

  @Override
  public boolean handle(Request in, org.eclipse.jetty.server.Response out, Callback callback) {
    long begin = System.nanoTime();
    onRequest.accept(in.getConnectionMetaData().getRemoteSocketAddress());
    long declared = in.getLength();
    BodyStream body = new BodyStream(in, declared, limits, budget);
    Call call = new Call(ids.next(), in, out, callback, body, extraHeaders.get());
    String path = Optional.ofNullable(in.getHttpURI().getCanonicalPath()).orElse("*");
    boolean entered = inFlight.enter();
    List<Route> found = routes.at(path);
    try {
      if (!entered) {
        AnswerForm form =
            found.isEmpty() ? AnswerForm.PLAIN : AnswerForm.of(found.getFirst().door());
        call.answer(busy(form, "the server is going down"), true);
      } else if (healthPaths.answers(path)) {
        call.answer(healthPaths.answer(in.getMethod(), path), false);
      } else {
        judge(call, in, path, found, declared);
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("request", call.id()).setCause(e).log("a request failed");
      callback.failed(e);
    } finally {
      body.release();
      String label = label(path, found);
      finished(call, in, label, System.nanoTime() - begin);
      if (entered) {
        inFlight.leave();
      }
    }
    return true;
  }

  private void judge(Call call, Request in, String path, List<Route> found, long declared) {
    Headers headers = call.headers();
    Optional<Route> route = Routes.taking(found, in.getMethod());
    Route judged = route.orElse(found.isEmpty() ? null : found.getFirst());
    AnswerForm form = judged == null ? AnswerForm.PLAIN : AnswerForm.of(judged.door());
    call.idHeader(form.requestIdHeader());
    if (judged != null && judged.door() == Door.CONSOLE && tls(in) != null) {
      keepToTls(call, headers);
    }
    Optional<Response> refusal = guard.refusal(judged, headers, authority(in), tls(in));
    if (refusal.isPresent()) {
      call.answer(refusal.get(), false);
      return;
    }
    if (found.isEmpty()) {
      call.answer(Response.text(404, "nothing answers at this path"), false);
      return;
    }
    if (route.isEmpty()) {
      String allowed = Routes.allowed(found);
      call.answer(form.refusal(405, "this path takes " + allowed).with("Allow", allowed), false);
    } else if (declared > limits.bodyBytes()) {
      call.answer(
          form.refusal(
              413,
              "the body has "
                  + declared
                  + " bytes; the limit is "
                  + limits.bodyBytes()
                  + " bytes: send smaller requests"),
          true);
    } else if (!call.body().takeRoom()) {
      call.answer(busy(form, "too many request bodies at once"), false);
    } else if (!takeSlot(route.get().door())) {
      call.answer(busy(form, "too many requests at once"), false);
    } else {
      try {
        serve(call, route.get(), path, declared);
      } finally {
        giveSlotBack(route.get().door());
      }
    }
  }

  private boolean takeSlot(Door door) {
    if (door == Door.CONSOLE && !consoleSlots.tryAcquire()) {
      return false;
    }
    if (slots.tryAcquire()) {
      return true;
    }
    if (door == Door.CONSOLE) {
      consoleSlots.release();
    }
    return false;
  }

  private void giveSlotBack(Door door) {
    slots.release();
    if (door == Door.CONSOLE) {
      consoleSlots.release();
    }
  }

  /** For localhost it would hold for all that this machine serves, on every port. */
  private static void keepToTls(Call call, Headers headers) {
    String host = headers.first("Host").orElse("").toLowerCase(Locale.ROOT);
    if (!host.equals("localhost") && !host.startsWith("localhost:")) {
      call.header("Strict-Transport-Security", "max-age=" + STRICT_TRANSPORT_SECONDS);
    }
  }

  private void serve(Call call, Route route, String path, long declared) {
    AnswerForm form = AnswerForm.of(route.door());
    Response response;
    try {
      response = route.handler().handle(call.request(path, declared));
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      if (call.body().failure() == null) {
        LOG.atError().addKeyValue("request", call.id()).setCause(e).log("a handler failed");
      }
      response =
          form.refusal(500, "internal error; the log has more under request " + call.id())
              .with(RETRY_AFTER, RETRY_SECONDS);
    }
    BodyStream.Failure failure = call.body().failure();
    if (failure == null) {
      call.answer(response, inFlight.draining());
    } else {
      call.answer(bodyFailed(form, failure, call.body().problem()), true);
    }
  }

  /** Whatever the handler made of a body that it could not read, the edge knows better. */
  private static Response bodyFailed(AnswerForm form, BodyStream.Failure failure, String problem) {
    return switch (failure) {
      case TOO_LARGE -> form.refusal(413, problem + ": send smaller requests");
      case BROKEN -> form.refusal(400, problem);
      case NO_ROOM, SLOW -> busy(form, problem);
    };
  }

  private static Response busy(AnswerForm form, String why) {
    return form.refusal(503, why + "; try again").with(RETRY_AFTER, RETRY_SECONDS);
  }

  /** The route's path: what callers put below it would make series. */
  private String label(String path, List<Route> found) {
    if (healthPaths.answers(path)) {
      return path;
    }
    return found.isEmpty() ? NO_PATH : found.getFirst().path();
  }

  private void finished(Call call, Request in, String label, long nanos) {
    boolean cutOff = call.status() == 0;
    metrics.requestFinished(
        label, call.status(), nanos, call.body().receivedBytes(), call.sentBytes());
    AccessLog.write(call, in.getMethod(), label, Request.getRemoteAddr(in), nanos, cutOff);
  }

  private static String authority(Request in) {
    HttpURI uri = in.getHttpURI();
    String authority = uri.getAuthority();
    return authority == null ? "" : authority;
  }

  private static @Nullable SSLSession tls(Request in) {
    EndPoint.SslSessionData data =
        in.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
    return data == null ? null : data.sslSession();
  }
}
