// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive connection that sends requests of a file and reads the answers. One thread. */
final class WriteConnection implements AutoCloseable {
  private static final int ANSWER_BYTES = 16 * 1024;

  private final RequestFile requests;
  private final SocketChannel socket;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER_BYTES);
  private String lastAnswer = "";

  WriteConnection(RequestFile requests, InetSocketAddress server) throws IOException {
    this.requests = requests;
    this.socket = SocketChannel.open(server);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends one request and waits for the whole answer; gives the status. */
  int send(int request) throws IOException {
    long at = requests.startOf(request);
    long end = requests.endOf(request);
    while (at < end) {
      at += requests.channel().transferTo(at, end - at, socket);
    }
    return readAnswer();
  }

  /** Head and beginning of the body of the last answer that was not 2xx. */
  String lastRefusal() {
    return lastAnswer;
  }

  private int readAnswer() throws IOException {
    answer.clear();
    int headEnd = -1;
    while (headEnd < 0) {
      readMore();
      headEnd = headEnd();
    }
    int status = (digit(9) * 10 + digit(10)) * 10 + digit(11);
    if (status == 204) {
      return status;
    }
    byte[] headBytes = new byte[headEnd];
    answer.get(0, headBytes);
    String head = new String(headBytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int length = contentLength(head);
    while (answer.position() < headEnd + length) {
      readMore();
    }
    if (status >= 300) {
      byte[] all = new byte[answer.position()];
      answer.get(0, all);
      lastAnswer = new String(all, StandardCharsets.UTF_8);
    }
    return status;
  }

  private static int contentLength(String head) throws IOException {
    String key = "\r\ncontent-length:";
    int at = head.indexOf(key);
    if (at < 0) {
      throw new IOException("answer without Content-Length: " + head.lines().findFirst());
    }
    return Integer.parseInt(
        head.substring(at + key.length(), head.indexOf("\r\n", at + 2)).strip());
  }

  private void readMore() throws IOException {
    if (!answer.hasRemaining()) {
      throw new IOException("answer is longer than " + ANSWER_BYTES + " bytes");
    }
    if (socket.read(answer) < 0) {
      throw new EOFException("the server closed the connection");
    }
  }

  /** The first byte after the empty line, or -1. */
  private int headEnd() {
    for (int at = 3; at < answer.position(); at++) {
      if (answer.get(at) == '\n' && answer.get(at - 1) == '\r' && answer.get(at - 2) == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  private int digit(int at) {
    return answer.get(at) - '0';
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
