// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The parts of a service that run; the one that was started last stops first. */
final class RunningParts {

  /** Within what service managers wait, and long enough for all but the longest reads. */
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final List<Runnable> endings = new ArrayList<>();

  /** Remembers how a part stops. */
  void add(Runnable stop) {
    stops.push(stop);
  }

  /** Remembers how answers end that would go on for long; they end before the server drains. */
  void endBeforeDrain(Runnable ending) {
    endings.add(ending);
  }

  /** Starts the server, which drains when it stops. */
  WeirServer listen(
      ServerOptions options,
      List<Route> routes,
      StoreHealth health,
      WeirMetrics metrics,
      InstantSource clock) {
    WeirServer server = WeirServer.start(options, routes, health, metrics, clock);
    add(() -> {
      endings.forEach(Runnable::run);
      server.drain(DRAIN_MAX);
    });
    return server;
  }

  void stop() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }
}
