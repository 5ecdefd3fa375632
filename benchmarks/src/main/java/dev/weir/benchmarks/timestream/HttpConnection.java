// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One connection of HTTP/1.1, kept alive, with bodies of a stated length. One thread. */
final class HttpConnection implements AutoCloseable {

  private static final int BODY_MAX = 16 << 20;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[64 * 1_024];
  private int filled;
  private String head = "";
  private String lowerHead = "";
  private byte[] body = new byte[64 * 1_024];
  private int bodyLength;
  private long readAtNanos;

  HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Reads a whole request; false when the client has closed. */
  boolean read() throws IOException {
    int headEnd = headEnd(0);
    while (headEnd < 0) {
      int searched = filled;
      if (filled == buffer.length) {
        throw new IOException("the head of a request is too long");
      }
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        if (filled > 0) {
          throw new EOFException("a request was cut");
        }
        return false;
      }
      filled += count;
      headEnd = headEnd(Math.max(0, searched - 3));
    }
    head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
    lowerHead = head.toLowerCase(Locale.ROOT);
    readBody(headEnd);
    readAtNanos = System.nanoTime();
    return true;
  }

  private void readBody(int headEnd) throws IOException {
    String length = header("content-length");
    if (length.isEmpty() && lowerHead.contains("\r\ntransfer-encoding:")) {
      throw new IOException("a body without a length is not understood");
    }
    bodyLength = length.isEmpty() ? 0 : Integer.parseInt(length);
    if (bodyLength > BODY_MAX) {
      throw new IOException("a body of " + bodyLength + " bytes is too long");
    }
    if (bodyLength > body.length) {
      body = new byte[bodyLength];
    }
    int there = Math.min(bodyLength, filled - headEnd);
    System.arraycopy(buffer, headEnd, body, 0, there);
    int rest = filled - headEnd - there;
    System.arraycopy(buffer, headEnd + there, buffer, 0, rest);
    filled = rest;
    if (there < bodyLength && lowerHead.contains("\r\nexpect: 100-continue")) {
      out.write(CONTINUE);
    }
    if (in.readNBytes(body, there, bodyLength - there) < bodyLength - there) {
      throw new EOFException("a body was cut");
    }
  }

  /** The first byte after the empty line, or -1. */
  private int headEnd(int from) {
    for (int at = from + 3; at < filled; at++) {
      if (buffer[at] == '\n' && buffer[at - 1] == '\r' && buffer[at - 2] == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  String path() {
    int start = head.indexOf(' ') + 1;
    return head.substring(start, head.indexOf(' ', start));
  }

  /** The value of a header by its name in lower case; empty where there is none. */
  String header(String name) {
    int at = lowerHead.indexOf("\r\n" + name + ":");
    if (at < 0) {
      return "";
    }
    int start = at + name.length() + 3;
    return head.substring(start, head.indexOf("\r\n", start)).strip();
  }

  /** The live buffer: the next request changes it. */
  byte[] body() {
    return body;
  }

  int bodyLength() {
    return bodyLength;
  }

  /** When the last byte of the request was there. */
  long readAtNanos() {
    return readAtNanos;
  }

  /** A short answer goes out in one piece. */
  void write(Reply reply) throws IOException {
    byte[] text =
        ("HTTP/1.1 "
                + reply.status()
                + " X\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + reply.length()
                + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    if (reply.length() < 4_096) {
      byte[] whole = Arrays.copyOf(text, text.length + reply.length());
      System.arraycopy(reply.body(), 0, whole, text.length, reply.length());
      out.write(whole);
    } else {
      out.write(text);
      out.write(reply.body(), 0, reply.length());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
