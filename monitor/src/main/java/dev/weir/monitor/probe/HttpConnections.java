// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.probe.Connector.Connected;
import dev.weir.monitor.probe.Connector.Unconnected;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Opens the connections of HTTP's hops. Thread-safe. */
final class HttpConnections {

  private final Connector connector;

  HttpConnections(Connector connector) {
    this.connector = connector;
  }

  /** What came of it. */
  sealed interface Outcome {}

  record Opened(Http1Connection connection) implements Outcome {}

  record NotOpened(Hop hop, Failure failure) implements Outcome {}

  Outcome open(HttpRequest request, Check.Http check, NetworkPolicy policy, long deadlineNanos) {
    HttpTarget target = request.target();
    return switch (connector.connect(
        target.host(), target.port(), check.family(), check.timeouts(), policy, deadlineNanos)) {
      case Unconnected unconnected ->
          notOpened(request, unconnected.phases(), unconnected.peer(), unconnected.failure());
      case Connected connected -> plain(request, connected, deadlineNanos);
    };
  }

  private static Outcome plain(HttpRequest request, Connected connected, long deadlineNanos) {
    return opened(request, connected.socket(), connected.phases(), connected.peer(), deadlineNanos);
  }

  private static Outcome opened(
      HttpRequest request, Socket socket, Phases phases, @Nullable Peer peer, long deadlineNanos) {
    try {
      return new Opened(new Http1Connection(socket, phases, peer, deadlineNanos));
    } catch (IOException closedAlready) {
      Connector.close(socket);
      return notOpened(
          request,
          phases,
          peer,
          new Failure(ErrorClass.RESET, "the connection was closed as soon as it was made"));
    }
  }

  private static NotOpened notOpened(
      HttpRequest request, Phases phases, @Nullable Peer peer, Failure failure) {
    return new NotOpened(new Hop(request.target().toString(), phases, peer, null, null), failure);
  }
}
