// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Whom a rehearsal speaks to, a port of this machine: a site for GET, a table and a queue for POST.
 * It ends when it is closed.
 */
final class RehearsalPeer implements AutoCloseable {

  private static final String LENGTH = "content-length:";
  private static final String PAGE = "ok";
  private static final String CLAIMED = "{}";
  private static final String SENT =
      "{\"Successful\":[{\"Id\":\"0\",\"MessageId\":\"0\",\"MD5OfMessageBody\":\"0\"}],\"Failed\":[]}";

  private final ServerSocket listener;

  private RehearsalPeer(ServerSocket listener) {
    this.listener = listener;
  }

  static RehearsalPeer open() throws IOException {
    RehearsalPeer peer =
        new RehearsalPeer(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("weir-rehearsal").start(peer::accept);
    return peer;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        Thread.ofPlatform().daemon().name("weir-rehearsal").start(() -> serve(connection));
      } catch (IOException _) {
        return; // Closed at the end of the rehearsal.
      }
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        in.skipNBytes(bodyLength(head));
        String body =
            head.startsWith("get") ? PAGE : head.contains("sendmessagebatch") ? SENT : CLAIMED;
        String answer =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // Gone, as it may.
    }
  }

  /** Of a request, in lower case; empty where there is none to come. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  private static int bodyLength(String head) {
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int from = at + LENGTH.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
