// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that does not keep to the rules: it sends what bytes it likes, when it likes. */
final class RawConnection implements AutoCloseable {
  private static final int ANSWER_LIMIT_MILLIS = 60_000;

  private final Socket socket;

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
  }

  /** Sends the head of a write request that announces so many bytes. */
  RawConnection announce(long bodyBytes) throws IOException {
    return send(
        """
        POST /api/v1/write HTTP/1.1
        Host: 127.0.0.1
        Content-Type: application/x-protobuf
        Content-Encoding: snappy
        X-Prometheus-Remote-Write-Version: 0.1.0
        Content-Length: %d

        """
            .formatted(bodyBytes)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Closes our half; the other may still answer. */
  RawConnection closeOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The first line of the answer, or nothing when the connection is closed without one. */
  String statusLine() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
