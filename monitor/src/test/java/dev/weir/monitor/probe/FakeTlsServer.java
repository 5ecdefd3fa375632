// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.store.kit.identity.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Takes connections on a loopback port and does with each what the test says. */
final class FakeTlsServer implements AutoCloseable {

  /** What becomes of a connection; it is closed afterwards. */
  interface Act {
    void on(Socket connection) throws IOException, GeneralSecurityException;
  }

  private final ServerSocket listener = new ServerSocket();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private FakeTlsServer() throws IOException {
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  static FakeTlsServer acting(Act act) throws IOException {
    FakeTlsServer server = new FakeTlsServer();
    Thread.ofVirtual().start(() -> server.serve(act));
    return server;
  }

  /** Ends the handshake and waits for the client to go. */
  static FakeTlsServer serving(SSLContext context, SSLParameters parameters) throws IOException {
    FakeTlsServer server = new FakeTlsServer();
    Act act =
        connection -> {
          SSLSocket socket = handshake(connection, context, parameters);
          while (socket.getInputStream().read() >= 0) {
            // Nothing is said; the client's close is awaited.
          }
        };
    Thread.ofVirtual().start(() -> server.serve(act));
    return server;
  }

  static FakeTlsServer serving(TestIdentity identity, TestIdentity... issuers) throws IOException {
    return serving(identity.server(issuers), new SSLParameters());
  }

  static SSLSocket handshake(Socket connection, SSLContext context, SSLParameters parameters)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(connection, null, 0, false);
    socket.setUseClientMode(false);
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (SSLException refused) {
      // A close with bytes unread would overtake the alert.
      connection.shutdownOutput();
      connection.getInputStream().readAllBytes();
      throw refused;
    }
    return socket;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve(Act act) {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> act(connection, act));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void act(Socket connection, Act act) {
    try (connection) {
      act.on(connection);
    } catch (IOException | GeneralSecurityException clientGone) {
      // Most tests make a client that goes.
    } finally {
      open.remove(connection);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
