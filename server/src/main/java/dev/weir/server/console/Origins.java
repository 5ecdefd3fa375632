// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.console;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.util.Optional;
import java.util.Set;

/**
 * Consoles that are kept elsewhere, and what their browsers are told (the Fetch standard's CORS).
 * The server has refused all other origins before. Thread-safe.
 *
 * @param named exactly as browsers send them
 */
record Origins(Set<String> named) {

  private static final String METHODS = "GET, PUT, POST, DELETE";
  private static final String HEADERS = "Content-Type, If-Match, If-None-Match, X-Weir-Token";

  /** What pages may read beside the body. */
  private static final String READABLE = "ETag, Retry-After, X-Request-Id";

  /** How long a browser may go on without asking; none keeps it longer than a few hours. */
  private static final String SECONDS = "600";

  /** The answer to a browser that asks what its page may send; empty where it does not ask. */
  Optional<Response> preflight(Request request) {
    return request.method().equals("OPTIONS")
            && request.headers().first("Access-Control-Request-Method").isPresent()
        ? origin(request)
            .map(_ ->
                new Response(
                    204,
                    Headers.of(
                        "Access-Control-Allow-Methods",
                        METHODS,
                        "Access-Control-Allow-Headers",
                        HEADERS,
                        "Access-Control-Max-Age",
                        SECONDS),
                    new Response.Bytes(new byte[0])))
        : Optional.empty();
  }

  /** Lets the page that asks read the answer. */
  Response readable(Request request, Response answer) {
    if (named.isEmpty()) {
      return answer;
    }
    Response varied = answer.with("Vary", "Origin");
    return origin(request)
        .map(origin ->
            varied
                .with("Access-Control-Allow-Origin", origin)
                .with("Access-Control-Allow-Credentials", "true")
                .with("Access-Control-Expose-Headers", READABLE))
        .orElse(varied);
  }

  private Optional<String> origin(Request request) {
    return request.headers().first("Origin").filter(named::contains);
  }
}
