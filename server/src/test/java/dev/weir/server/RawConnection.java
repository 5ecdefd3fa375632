// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A socket to the server, for what a well-behaved client would not do. */
final class RawConnection implements AutoCloseable {

  private static final int READ_MILLIS = 60_000;

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;

  RawConnection(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_MILLIS);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  /** Line feeds become CR LF. */
  RawConnection send(String head) throws IOException {
    return send(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  RawConnection send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  RawConnection halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The status line and the headers of the next answer, with line feeds only. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return head + "<end>";
      }
      head.append((char) c);
    }
    return head.toString().replace("\r\n", "\n");
  }

  /** Whether bytes of an answer are there. */
  boolean hasAnswer() {
    try {
      return in.available() > 0;
    } catch (IOException _) {
      return true;
    }
  }

  byte[] read(int bytes) throws IOException {
    return in.readNBytes(bytes);
  }

  /** Everything until the server closes; a reset ends it as well. */
  String readToEnd() {
    StringBuilder all = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        all.append((char) c);
      }
    } catch (IOException e) {
      all.append("<").append(e.getMessage()).append(">");
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
