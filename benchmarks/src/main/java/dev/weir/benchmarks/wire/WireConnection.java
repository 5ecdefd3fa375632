// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive connection that calls operations and reads whole answers. One thread. */
final class WireConnection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private byte[] answer = {};

  WireConnection(InetSocketAddress server) throws IOException {
    this.socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    this.out = socket.getOutputStream();
    this.host = server.getHostString() + ":" + server.getPort();
  }

  /** Head and body of a request, to be sent as they are. */
  byte[] request(String operation, byte[] body) {
    byte[] head =
        """
        POST / HTTP/1.1\r
        Host: %s\r
        Content-Type: application/x-amz-json-1.0\r
        X-Amz-Target: Timestream_20181101.%s\r
        Content-Length: %d\r
        \r
        """
            .formatted(host, operation, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /** Calls an operation; throws with the answer's body unless it is 200. */
  String call(String operation, String json) throws IOException {
    int status = send(request(operation, json.getBytes(StandardCharsets.UTF_8)));
    String body = new String(answer, StandardCharsets.UTF_8);
    if (status != 200) {
      throw new IOException(operation + " was answered " + status + ": " + body);
    }
    return body;
  }

  /** Sends a request and reads the whole answer; gives the status. */
  int send(byte[] request) throws IOException {
    out.write(request);
    out.flush();
    int status = Integer.parseInt(line().substring(9, 12));
    int length = -1;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    answer = chunked ? chunks() : in.readNBytes(Math.max(0, length));
    return status;
  }

  /** The body of the last answer. */
  String answer() {
    return new String(answer, StandardCharsets.UTF_8);
  }

  private byte[] chunks() throws IOException {
    var whole = new java.io.ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      whole.write(in.readNBytes(size));
      line();
    }
    line();
    return whole.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.append((char) next);
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
