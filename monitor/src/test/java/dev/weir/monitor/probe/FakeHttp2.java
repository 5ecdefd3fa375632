// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.internal.http2.Header;
import okhttp3.internal.http2.Hpack;
import okio.Buffer;

/** The server's side of an HTTP/2 connection, frame by frame (RFC 9113). */
final class FakeHttp2 {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int GOAWAY = 7;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int PREFACE_BYTES = 24;
  private static final int SETTINGS = 4;
  private static final int ACK = 1;

  private final DataInputStream in;
  private final OutputStream out;
  private final Buffer headerBlocks = new Buffer();
  private final Hpack.Reader headers = new Hpack.Reader(headerBlocks, 4096, 4096);

  /** A request: pseudo headers are among its headers. */
  record Asked(int stream, Map<String, String> headers, byte[] body) {}

  private FakeHttp2(Socket socket) throws IOException {
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  static FakeHttp2 over(Socket socket) throws IOException {
    FakeHttp2 server = new FakeHttp2(socket);
    server.in.readNBytes(PREFACE_BYTES);
    server.frame(SETTINGS, 0, 0, new byte[0]);
    return server;
  }

  /** Reads up to the end of the next request. */
  Asked next() throws IOException {
    Map<String, String> asked = new TreeMap<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (payload.length < length) {
        throw new EOFException();
      }
      if (type == SETTINGS && (flags & ACK) == 0) {
        frame(SETTINGS, ACK, 0, new byte[0]);
      } else if (type == HEADERS) {
        headerBlocks.write(payload);
        headers.readHeaders();
        for (Header header : headers.getAndResetHeaderList()) {
          asked.put(header.name.utf8(), header.value.utf8());
        }
      } else if (type == DATA) {
        body.writeBytes(payload);
      }
      if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
        return new Asked(stream, asked, body.toByteArray());
      }
    }
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      frame.write(stream >> shift);
    }
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  /** A status, and headers as they are, by pairs. */
  void head(int stream, int status, int flags, String... headers) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":status", Integer.toString(status));
    for (String pair : List.of(headers)) {
      int colon = pair.indexOf(": ");
      literal(block, pair.substring(0, colon), pair.substring(colon + 2));
    }
    frame(HEADERS, flags | END_HEADERS, stream, block.toByteArray());
  }

  void data(int stream, int flags, String text) throws IOException {
    frame(DATA, flags, stream, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without indexing and compression, RFC 7541 §6.2.2. */
  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    block.write(value.length());
    block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }
}
