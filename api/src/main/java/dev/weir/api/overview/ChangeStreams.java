// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Problem;
import dev.weir.api.call.QueryParameters;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The streams of changes that are open. Thread-safe. */
final class ChangeStreams {

  /** Each has a thread and a connection for as long as somebody looks at a page. */
  static final int STREAMS_MAX = 64;

  /** Of one caller, so that nobody takes all; where nobody signs in all callers are one. */
  static final int OF_CALLER_MAX = 8;

  /** A stream that nobody began to read is over after this. */
  static final Duration BEGIN_MAX = Duration.ofSeconds(10);

  private static final String RETRY_SECONDS = "5";
  private static final String MEDIA_TYPE = "application/x-ndjson";

  private final Board board;
  private final InstantSource clock;
  private final Set<ChangeStream> streams = new HashSet<>();
  private boolean closed;

  ChangeStreams(Board board, InstantSource clock) {
    this.board = board;
    this.clock = clock;
  }

  Response answer(ApiCall call) {
    Optional<Long> since = since(call.query("since"));
    Headers headers =
        Headers.of(
            "Content-Type",
            MEDIA_TYPE,
            "Cache-Control",
            "no-store",
            // Proxies of a common kind hold back what is not full otherwise.
            "X-Accel-Buffering",
            "no");
    if (call.request().method().equals("HEAD")) {
      return new Response(200, headers, Response.empty(200).body());
    }
    Instant now = clock.instant();
    ChangeStream stream =
        new ChangeStream(board, call, since, clock, now, this::remove, this::isClosed);
    synchronized (this) {
      if (closed) {
        return busy("Weir is going down");
      }
      streams.removeIf(each -> each.neverBegan(now));
      if (streams.size() >= STREAMS_MAX) {
        return busy(
            "%d streams of changes are open, which is the limit; ask for the overview instead"
                .formatted(STREAMS_MAX));
      }
      long own = streams.stream().filter(each -> each.isOf(call.caller())).count();
      if (own >= most(call.caller())) {
        return busy(
            "%d streams of changes are open for you, which is the limit; close pages, or ask for"
                    .formatted(own)
                + " the overview instead");
      }
      streams.add(stream);
    }
    return Response.streamed(200, headers, stream);
  }

  synchronized int open() {
    return streams.size();
  }

  /** Ends all streams, each at the end of a line, and begins no more. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    board.wake();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void remove(ChangeStream stream) {
    streams.remove(stream);
  }

  private static int most(Caller caller) {
    return caller.equals(Caller.operator()) ? STREAMS_MAX : OF_CALLER_MAX;
  }

  private static Response busy(String why) {
    return Problem.of(StoreException.Kind.UNAVAILABLE, why).with("Retry-After", RETRY_SECONDS);
  }

  private static Optional<Long> since(QueryParameters query) {
    return query
        .text("since")
        .map(text -> {
          if (!text.matches("[0-9]{1,15}")) {
            throw QueryParameters.refusal(
                "since is the now_ms of an answer, not '%s'"
                    .formatted(QueryParameters.shown(text)));
          }
          return Long.parseLong(text);
        });
  }
}
