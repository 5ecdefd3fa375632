// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One HTTP/1.1 message as it went over the wire, so that it can be passed on unchanged.
 *
 * @param head first line and headers, with the empty line behind them
 * @param body as it was sent: with its chunks, where it came in chunks
 */
record HttpMessage(String head, byte[] body) {

  private static final int HEAD_BYTES_MAX = 65_536;

  /** The next message of a connection; empty where the other side has closed it before. */
  static Optional<HttpMessage> read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0 && head.isEmpty()) {
        return Optional.empty();
      }
      if (next < 0 || head.length() > HEAD_BYTES_MAX) {
        throw new IOException("broken head: " + head);
      }
      head.append((char) next);
    }
    HttpMessage message = new HttpMessage(head.toString(), new byte[0]);
    return Optional.of(new HttpMessage(message.head, message.readBody(in)));
  }

  private byte[] readBody(InputStream in) throws IOException {
    if (header("Transfer-Encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      ByteArrayOutputStream chunks = new ByteArrayOutputStream();
      int size;
      do {
        String line = line(in);
        size = Integer.parseInt(line.strip().replaceFirst(";.*", ""), 16);
        chunks.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
        chunks.writeBytes(exactly(in, size + 2));
      } while (size > 0);
      return chunks.toByteArray();
    }
    String length = header("Content-Length");
    return length.isEmpty() ? new byte[0] : exactly(in, Integer.parseInt(length));
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("cut after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.indexOf("\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("cut in a chunk");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  /** A whole answer. */
  static HttpMessage answer(int status, String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new HttpMessage(
        "HTTP/1.1 %d Status\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, body.length),
        body);
  }

  /** The value of a header; empty where there is none. */
  String header(String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** The status of an answer. */
  int status() {
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  void writeTo(OutputStream out) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(body);
    out.write(whole.toByteArray());
    out.flush();
  }
}
