// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.probe.Connector.Connected;
import dev.weir.monitor.probe.Connector.Unconnected;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Opens the connections of HTTP's hops. Thread-safe. */
final class HttpConnections {

  private final Connector connector;
  private final TlsContexts contexts;

  HttpConnections(Connector connector, TlsContexts contexts) {
    this.connector = connector;
    this.contexts = contexts;
  }

  /** What came of it. */
  sealed interface Outcome {}

  record Opened(HttpConnection connection) implements Outcome {}

  record NotOpened(Hop hop, Failure failure) implements Outcome {}

  Outcome open(HttpRequest request, Check.Http check, NetworkPolicy policy, long deadlineNanos) {
    HttpTarget target = request.target();
    // Before the connection, which nobody would close where a secret can't be read.
    TlsContext tls = target.encrypted() ? contexts.of(request.tls()) : null;
    return switch (connector.connect(
        target.host(), target.port(), check.family(), check.timeouts(), policy, deadlineNanos)) {
      case Unconnected unconnected ->
          notOpened(request, unconnected.phases(), unconnected.peer(), unconnected.failure());
      case Connected connected when tls != null ->
          encrypted(request, tls, check.version(), check.timeouts(), connected, deadlineNanos);
      case Connected connected when check.version() == HttpVersion.HTTP_2 ->
          new Opened(new Http2Connection(connected.socket(), connected.phases(), connected.peer()));
      case Connected connected ->
          opened(request, connected.socket(), connected.phases(), connected.peer(), deadlineNanos);
    };
  }

  private static Outcome encrypted(
      HttpRequest request,
      TlsContext tls,
      HttpVersion version,
      Timeouts timeouts,
      Connected connected,
      long deadlineNanos) {
    TlsHandshake handshake =
        TlsHandshake.over(
            connected.socket(),
            tls,
            request.target().host(),
            offered(version),
            connected.peer(),
            Deadline.of(timeouts.tls(), timeouts.total(), deadlineNanos));
    Phases phases =
        new Phases(
            connected.dnsNanos(),
            connected.connectNanos(),
            handshake.nanos(),
            Phases.NOT_REACHED,
            Phases.NOT_REACHED,
            Phases.NOT_REACHED);
    return switch (handshake) {
      case TlsHandshake.Secured(SSLSocket socket, Peer peer, long _) ->
          agreed(request, version, socket, phases, peer, deadlineNanos);
      case TlsHandshake.Refused(Failure failure, Peer peer, long _) ->
          notOpened(request, phases, peer, failure);
    };
  }

  private static List<String> offered(HttpVersion version) {
    return switch (version) {
      case AUTOMATIC -> List.of("h2", "http/1.1");
      case HTTP_1_1 -> List.of("http/1.1");
      case HTTP_2 -> List.of("h2");
    };
  }

  private static Outcome agreed(
      HttpRequest request,
      HttpVersion version,
      SSLSocket socket,
      Phases phases,
      Peer peer,
      long deadlineNanos) {
    if ("h2".equals(socket.getApplicationProtocol())) {
      return new Opened(new Http2Connection(socket, phases, peer));
    }
    if (version == HttpVersion.HTTP_2) {
      Connector.close(socket);
      return notOpened(
          request,
          phases,
          peer,
          new Failure(
              ErrorClass.PROTOCOL, request.target().hostHeader() + " does not agree on HTTP/2"));
    }
    return opened(request, socket, phases, peer, deadlineNanos);
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
