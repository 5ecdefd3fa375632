// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks first, as servers of mail do, and then listens until its visitor goes. */
final class TalkingServer implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.ofLiteral("127.0.0.1"));
  private final byte[] greeting;

  TalkingServer(String greeting) throws IOException {
    this.greeting = greeting.getBytes(StandardCharsets.US_ASCII);
    Thread.ofVirtual().name("talking-server").start(this::accept);
  }

  /** Host and port. */
  String place() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket visitor = listener.accept();
        Thread.startVirtualThread(() -> greet(visitor));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void greet(Socket visitor) {
    try (visitor) {
      visitor.getOutputStream().write(greeting);
      InputStream in = visitor.getInputStream();
      while (in.read() >= 0) {
        // Whatever it says.
      }
    } catch (IOException gone) {
      // The visitor went away as it liked.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
