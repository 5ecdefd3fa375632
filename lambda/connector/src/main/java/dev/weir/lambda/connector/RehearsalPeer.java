// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Whom a rehearsal writes to: a port of this machine that takes all records of every call, which
 * are as many as it was told. It ends when it is closed.
 */
final class RehearsalPeer implements AutoCloseable {

  private static final String LENGTH = "content-length:";

  private final ServerSocket listener;
  private final byte[] answer;

  private RehearsalPeer(ServerSocket listener, int recordsOfCall) {
    this.listener = listener;
    String body =
        "{\"RecordsIngested\":{\"Total\":%1$d,\"MemoryStore\":%1$d,\"MagneticStore\":0}}"
            .formatted(recordsOfCall);
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\n";
    String length = "Content-Length: " + body.length() + "\r\n\r\n";
    this.answer = (head + length + body).getBytes(StandardCharsets.US_ASCII);
  }

  static RehearsalPeer open(int recordsOfCall) throws IOException {
    RehearsalPeer peer =
        new RehearsalPeer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), recordsOfCall);
    Thread.ofPlatform().daemon().name("weir-rehearsal").start(peer::serve);
    return peer;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** One connection, since a rehearsal makes one call after the other. */
  private void serve() {
    try (Socket connection = listener.accept()) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      for (int body = bodyLength(in); body >= 0; body = bodyLength(in)) {
        in.skipNBytes(body);
        connection.getOutputStream().write(answer);
      }
    } catch (IOException _) {
      // Closed at the end of the rehearsal.
    }
  }

  /** Reads the head of a request; -1 where there is none to come. */
  private static int bodyLength(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return -1;
      }
      head.append((char) next);
    }
    String text = head.toString().toLowerCase(Locale.ROOT);
    int at = text.indexOf(LENGTH) + LENGTH.length();
    return Integer.parseInt(text.substring(at, text.indexOf('\r', at)).strip());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
