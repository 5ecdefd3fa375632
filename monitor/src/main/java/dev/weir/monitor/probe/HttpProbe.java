// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Secrets;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTTP and HTTPS, redirects included: each hop has its phases, its policy and, unless connections
 * are kept for the run, a connection of its own.
 */
final class HttpProbe implements Probe<Check.Http> {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpConnections connections;
  private final Secrets secrets;
  private final NetworkPolicy policy;
  private final String userAgent;
  private final boolean warm;
  private @Nullable HttpConnection kept;
  private @Nullable HttpTarget keptTarget;

  /**
   * For one run.
   *
   * @param userAgent unless the check has its own
   * @param warm whether a connection is used for as many requests as it lasts
   */
  HttpProbe(
      HttpConnections connections,
      Secrets secrets,
      NetworkPolicy policy,
      String userAgent,
      boolean warm) {
    this.connections = connections;
    this.secrets = secrets;
    this.policy = policy;
    this.userAgent = userAgent;
    this.warm = warm;
  }

  @Override
  public Measurement request(Check.Http check, long deadlineNanos) {
    HttpRequest request = HttpRequest.of(check, secrets, userAgent);
    long begin = System.nanoTime();
    List<Hop> hops = new ArrayList<>(1);
    CookieManager cookies = null;
    while (true) {
      HopAnswer answer = hop(request, check, deadlineNanos);
      hops.add(answer.hop());
      Failure failure = answer.failure();
      Reply.Http reply = answer.reply();
      if (reply == null || check.redirects().limit() == 0 || !REDIRECTS.contains(reply.status())) {
        return new Measurement(System.nanoTime() - begin, hops, reply, failure);
      }
      try {
        HttpRequest next = redirected(request, reply, hops.size(), check.redirects().limit());
        if (reply.headers().containsKey("set-cookie")) {
          cookies = cookies == null ? new CookieManager() : cookies;
          keepCookies(cookies, request.target(), reply);
        }
        request = cookies == null ? next : withCookies(cookies, next);
      } catch (Broken broken) {
        return new Measurement(System.nanoTime() - begin, hops, null, broken.failure());
      }
    }
  }

  private HopAnswer hop(HttpRequest request, Check.Http check, long deadlineNanos) {
    HttpConnection connection = kept;
    kept = null;
    if (connection != null) {
      HttpTarget target = keptTarget;
      if (target != null && target.sameOrigin(request.target())) {
        HopAnswer answer = exchange(connection, request, check, deadlineNanos);
        Failure failure = answer.failure();
        boolean closedMeanwhile =
            failure != null && failure.errorClass() == ErrorClass.RESET && request.idempotent();
        if (!closedMeanwhile) {
          return answer;
        }
      } else {
        connection.close();
      }
    }
    return switch (connections.open(request, check, policy, deadlineNanos)) {
      case HttpConnections.NotOpened(Hop hop, Failure failure) -> new HopAnswer(hop, failure, null);
      case HttpConnections.Opened(HttpConnection opened) ->
          exchange(opened, request, check, deadlineNanos);
    };
  }

  private HopAnswer exchange(
      HttpConnection connection, HttpRequest request, Check.Http check, long deadlineNanos) {
    HopAnswer answer =
        connection.exchange(request, check.bodyLimitBytes(), check.timeouts(), warm, deadlineNanos);
    if (connection.usable()) {
      kept = connection;
      keptTarget = request.target();
    } else {
      connection.close();
    }
    return answer;
  }

  private static HttpRequest redirected(HttpRequest request, Reply.Http reply, int hops, int limit)
      throws Broken {
    List<String> locations = reply.headers().getOrDefault("location", List.of());
    if (locations.isEmpty() || locations.getFirst().isEmpty()) {
      throw new Broken(
          ErrorClass.STATUS,
          "%s answers %d, a redirect, without saying where to"
              .formatted(request.target().hostHeader(), reply.status()));
    }
    if (hops > limit) {
      throw new Broken(
          ErrorClass.TOO_MANY_REDIRECTS,
          "%s redirects once more after %d redirects"
              .formatted(request.target().hostHeader(), limit));
    }
    String location =
        new String(
            locations.getFirst().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    HttpTarget next;
    try {
      next = request.target().resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Broken(ErrorClass.PROTOCOL, "a redirect leads nowhere: " + e.getMessage());
    }
    return request.redirected(reply.status(), next);
  }

  private static void keepCookies(CookieManager cookies, HttpTarget from, Reply.Http reply) {
    try {
      cookies.put(
          URI.create(from.toString()),
          Map.of("Set-Cookie", reply.headers().getOrDefault("set-cookie", List.of())));
    } catch (IOException | IllegalArgumentException unusable) {
      // A browser would drop such a cookie too.
    }
  }

  private static HttpRequest withCookies(CookieManager cookies, HttpRequest request) {
    try {
      List<String> values =
          cookies
              .get(URI.create(request.target().toString()), Map.of())
              .getOrDefault("Cookie", List.of());
      return values.isEmpty() ? request : request.withCookies(String.join("; ", values));
    } catch (IOException | IllegalArgumentException unusable) {
      return request;
    }
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }
}
