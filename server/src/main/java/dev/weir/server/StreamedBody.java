// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;

/**
 * The way out for a body that is made while it is sent. Small writes are gathered; large ones go
 * out without a copy. Only {@link #finish} ends the body, so a failure leaves it visibly cut off.
 */
final class StreamedBody extends OutputStream {

  private static final int BUFFER_BYTES = 32 * 1024;

  private final Content.Sink sink;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;
  private long sentBytes;
  private boolean receiverGone;

  StreamedBody(Content.Sink sink) {
    this.sink = sink;
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == buffer.length) {
      flush();
    }
    buffer[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - filled) {
      flush();
    }
    if (length >= buffer.length) {
      send(false, ByteBuffer.wrap(bytes, offset, length));
      return;
    }
    System.arraycopy(bytes, offset, buffer, filled, length);
    filled += length;
  }

  @Override
  public void flush() throws IOException {
    if (filled > 0) {
      int count = filled;
      filled = 0;
      send(false, ByteBuffer.wrap(buffer, 0, count));
    }
  }

  /** Sends the rest and ends the body. */
  void finish() throws IOException {
    send(true, ByteBuffer.wrap(buffer, 0, filled));
  }

  long sentBytes() {
    return sentBytes;
  }

  /** Whether writing failed, as against making the body. */
  boolean receiverGone() {
    return receiverGone;
  }

  private void send(boolean last, ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    try {
      Content.Sink.write(sink, last, bytes);
    } catch (IOException e) {
      receiverGone = true;
      throw e;
    }
    sentBytes += count;
  }
}
