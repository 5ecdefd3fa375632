// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.connector;

import dev.weir.api.connector.ConnectorFigures;
import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who wrote in the last hour, by address and what the sender calls itself. Thread-safe. */
public final class Writers {

  /** Senders that are remembered; the one that was silent the longest goes for a new one. */
  static final int WRITERS_MAX = 100;

  /** Characters of what a sender calls itself. */
  static final int AGENT_MAX = 120;

  static final Duration REMEMBERED = Duration.ofHours(1);

  private static final int FAILED = 300;

  private final InstantSource clock;
  private final Map<Sender, ConnectorFigures.Writer> writers = new HashMap<>();
  private volatile @Nullable Duration ownEvery;

  /** Who writes. */
  private record Sender(String address, String userAgent) {}

  public Writers(InstantSource clock) {
    this.clock = clock;
  }

  /** The same handler, whose successful requests are noted. */
  public Handler hearing(Handler write) {
    return request -> {
      Response response = write.handle(request);
      if (response.status() < FAILED) {
        note(request);
      }
      return response;
    };
  }

  /** Weir writes its own metrics so often, from now on; it is not listed among the others. */
  public void writesItself(Duration every) {
    ownEvery = every;
  }

  @Nullable Duration ownEvery() {
    return ownEvery;
  }

  /** The busiest first. */
  synchronized List<ConnectorFigures.Writer> all() {
    forget(clock.instant());
    return writers.values().stream()
        .sorted(Comparator.comparingLong(ConnectorFigures.Writer::bytes).reversed())
        .toList();
  }

  private synchronized void note(Request request) {
    Instant now = clock.instant();
    String agent = request.headers().first("User-Agent").orElse("");
    Sender sender =
        new Sender(
            request.sender(), agent.length() > AGENT_MAX ? agent.substring(0, AGENT_MAX) : agent);
    long bytes = Math.max(0, request.contentLength());
    ConnectorFigures.Writer before = writers.get(sender);
    if (before == null && writers.size() >= WRITERS_MAX) {
      forget(now);
      makeRoom();
    }
    long requests = before == null ? 1 : before.requests() + 1;
    long sum = before == null ? bytes : before.bytes() + bytes;
    writers.put(
        sender,
        new ConnectorFigures.Writer(sender.address(), sender.userAgent(), requests, sum, now));
  }

  private void forget(Instant now) {
    writers.values().removeIf(writer -> writer.last().isBefore(now.minus(REMEMBERED)));
  }

  private void makeRoom() {
    while (writers.size() >= WRITERS_MAX) {
      writers.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().last()))
          .ifPresent(eldest -> writers.remove(eldest.getKey()));
    }
  }
}
