// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * A TLS handshake over a connection; it ends with its deadline, however slowly the peer goes on.
 */
sealed interface TlsHandshake {

  /** How long it took. */
  long nanos();

  /** The peer, with whatever was learned of it. */
  Peer peer();

  /** The phases of the connection with this one. */
  default Phases after(Phases connected) {
    return new Phases(
        connected.dns(),
        connected.connect(),
        nanos(),
        connected.send(),
        connected.waiting(),
        connected.body());
  }

  /** The socket is the caller's to close, which closes the connection below too. */
  record Secured(SSLSocket socket, Peer peer, long nanos) implements TlsHandshake {}

  /** The connection is closed. */
  record Refused(Failure failure, Peer peer, long nanos) implements TlsHandshake {}

  /**
   * Makes one.
   *
   * @param host as the check names it
   * @param protocols for ALPN, preferred first; may be empty
   * @param connected the peer as far as the connection knows it
   */
  static TlsHandshake over(
      Socket connection,
      TlsContext context,
      String host,
      List<String> protocols,
      Peer connected,
      Deadline deadline) {
    long begin = System.nanoTime();
    Thread watch = Thread.startVirtualThread(() -> closeAt(connection, deadline));
    try {
      connection.setSoTimeout(deadline.remainingMillis());
      SSLSocket socket = context.over(connection, host, protocols);
      socket.startHandshake();
      long nanos = System.nanoTime() - begin;
      return new Secured(socket, context.peer(connected, socket.getSession()), nanos);
    } catch (IOException cause) {
      TlsFailure failure = TlsFailure.of(cause, host, deadline);
      Connector.close(connection);
      return new Refused(failure.failure(), failure.peer(connected), System.nanoTime() - begin);
    } finally {
      watch.interrupt();
    }
  }

  /** A read has its own end; this is for a peer that sends a byte now and then. */
  private static void closeAt(Socket connection, Deadline deadline) {
    LockSupport.parkNanos(deadline.nanos() - System.nanoTime());
    if (deadline.passed()) {
      Connector.close(connection);
    }
  }
}
