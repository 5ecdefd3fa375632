// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that bring no whole request head in time. A byte now and then keeps the idle
 * timeout away, so a stranger could otherwise hold all connections for ever with next to no work.
 * Thread-safe.
 */
final class SilentConnections extends AbstractLifeCycle {

  /** Looks this many times within the time allowed. */
  private static final int LOOKS = 4;

  /** Jetty stamps connections with the system's time, so only that can be compared with it. */
  private static final InstantSource JETTY_CLOCK = InstantSource.system();

  private final AbstractConnector connector;
  private final Duration headTimeout;
  private final Set<SocketAddress> spoken = ConcurrentHashMap.newKeySet();

  SilentConnections(AbstractConnector connector, Duration headTimeout) {
    this.connector = connector;
    this.headTimeout = headTimeout;
  }

  /** A connection from there brought a request. */
  void spoke(SocketAddress remote) {
    spoken.add(remote);
  }

  @Override
  protected void doStart() {
    schedule();
  }

  private void schedule() {
    Scheduler scheduler = connector.getScheduler();
    if (scheduler.isRunning() || isStarting()) {
      scheduler.schedule(this::look, headTimeout.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    if (!isRunning()) {
      return;
    }
    // Copied before the connections are listed: who speaks meanwhile is not forgotten.
    Set<SocketAddress> gone = new HashSet<>(spoken);
    long oldest = JETTY_CLOCK.millis() - headTimeout.toMillis();
    for (EndPoint connection : connector.getConnectedEndPoints()) {
      SocketAddress remote = connection.getRemoteSocketAddress();
      gone.remove(remote);
      if (connection.getCreatedTimeStamp() < oldest && !spoken.contains(remote)) {
        connection.close(new TimeoutException("no request came"));
      }
    }
    spoken.removeAll(gone);
    schedule();
  }
}
