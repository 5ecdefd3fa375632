// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A site: answers each request with the same small page and closes the connection. Prints its port;
 * ends when its standard input does.
 */
public final class PlainSite {

  private static final int BACKLOG = 4_096;
  private static final byte[] ANSWER =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/plain; charset=utf-8\r
      Content-Length: 5\r
      Connection: close\r
      \r
      fine
      """
          .getBytes(StandardCharsets.US_ASCII);

  private PlainSite() {}

  public static void main(String[] arguments) throws IOException {
    ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> accept(door));
    System.out.println(door.getLocalPort());
    while (System.in.read() >= 0) {
      // until the one who started it is gone
    }
  }

  private static void accept(ServerSocket door) {
    try {
      while (true) {
        Socket socket = door.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the site can't accept connections", e);
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      int lineBreaks = 0;
      byte[] buffer = new byte[4_096];
      while (lineBreaks < 2) {
        int count = in.read(buffer);
        if (count < 0) {
          return;
        }
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            lineBreaks++;
          } else if (buffer[i] != '\r') {
            lineBreaks = 0;
          }
        }
      }
      socket.getOutputStream().write(ANSWER);
    } catch (IOException _) {
      // the one who asked is gone
    }
  }
}
