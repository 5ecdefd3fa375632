// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * The server's side of one request over HTTP/2 (RFC 9113), for {@link WarmUp}: whatever is asked,
 * the answer is a 200 with a body of two bytes.
 */
final class Http2Answer {

  private static final int PREFACE_BYTES = 24;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;

  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /** {@code :status: 200}, entry 8 of the static table (RFC 7541, appendix A). */
  private static final byte STATUS_200 = (byte) 0x88;

  private final DataInputStream in;
  private final OutputStream out;

  private Http2Answer(Socket socket) throws IOException {
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Answers the first request, and waits for the other side to close. */
  static void give(Socket socket) throws IOException {
    Http2Answer answer = new Http2Answer(socket);
    answer.in.skipNBytes(PREFACE_BYTES);
    answer.write(SETTINGS, 0, 0, new byte[0]);
    int stream = answer.request();
    answer.write(HEADERS, END_HEADERS, stream, new byte[] {STATUS_200});
    answer.write(DATA, END_STREAM, stream, new byte[] {'o', 'k'});
    // Closed with something unread, the connection would be reset, and the answer lost with it.
    answer.in.transferTo(OutputStream.nullOutputStream());
  }

  /** The stream of the first request, read to its end. */
  private int request() throws IOException {
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      if (in.readNBytes(length).length < length) {
        throw new EOFException();
      }
      if (type == SETTINGS && (flags & ACK) == 0) {
        write(SETTINGS, ACK, 0, new byte[0]);
      } else if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
        return stream;
      }
    }
  }

  private void write(int type, int flags, int stream, byte[] payload) throws IOException {
    byte[] frame = new byte[9 + payload.length];
    frame[2] = (byte) payload.length; // Longer ones are not sent here.
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    frame[5] = (byte) (stream >> 24);
    frame[6] = (byte) (stream >> 16);
    frame[7] = (byte) (stream >> 8);
    frame[8] = (byte) stream;
    System.arraycopy(payload, 0, frame, 9, payload.length);
    out.write(frame);
    out.flush();
  }
}
