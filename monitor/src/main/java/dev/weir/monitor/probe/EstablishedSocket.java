// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * An open connection for a client that would make its own: connecting does nothing, and what comes
 * is noted, so that a failure can be told from it. One thread reads, another asks.
 */
final class EstablishedSocket extends Socket {

  /** Where the type of a frame stands within its head, and which one a server begins with. */
  private static final int FRAME_TYPE_AT = 3;

  private static final int SETTINGS_FRAME = 4;

  private final Socket socket;
  private volatile long received;
  private volatile boolean ended;
  private volatile boolean foreign;

  EstablishedSocket(Socket socket) {
    this.socket = socket;
  }

  /** Whether the peer ended the connection, in order or not. */
  boolean ended() {
    return ended;
  }

  /** Whether the peer began with something that is not HTTP/2. */
  boolean foreign() {
    return foreign;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeoutMillis) {
    // It is.
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(socket.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        try {
          int count = in.read(into, offset, length);
          note(into, offset, count);
          return count;
        } catch (SocketTimeoutException idle) {
          throw idle;
        } catch (SocketException cut) {
          ended = true;
          throw cut;
        }
      }
    };
  }

  private void note(byte[] bytes, int offset, int count) {
    if (count < 0) {
      ended = true;
      return;
    }
    long before = received; // One thread reads; others only look.
    long at = FRAME_TYPE_AT - before;
    if (at >= 0 && at < count && bytes[offset + (int) at] != SETTINGS_FRAME) {
      foreign = true;
    }
    received = before + count;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    socket.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return socket.getSoTimeout();
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return socket.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return socket.isOutputShutdown();
  }

  @Override
  public void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public synchronized void close() throws IOException {
    socket.close();
  }
}
