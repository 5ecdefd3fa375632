// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection, and what is known of it: how much came, and how it ended. Each part
 * of a request has its deadline; every read gets what is left of it, so that a peer which trickles
 * gains nothing. Not thread-safe.
 */
final class Wire {

  private static final int BUFFER_BYTES = 16 * 1024;

  /** More than this may not fit the kernel's buffer, so that a write could wait for the peer. */
  private static final int WRITE_UNWATCHED_BYTES = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long received;
  private End end = End.OPEN;
  private Deadline deadline;
  private Supplier<String> late = () -> "";

  /** How the connection is. */
  enum End {
    OPEN,
    /** The peer has said that nothing more comes. */
    CLOSED,
    /** The peer, or something on the way, has cut it. */
    RESET
  }

  /**
   * Begins a conversation.
   *
   * @param deadline of the first part
   */
  Wire(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.deadline = deadline;
  }

  /** From here on this deadline counts, and what is told where it passes; most never do. */
  void until(Deadline next, Supplier<String> sentence) {
    this.deadline = next;
    this.late = sentence;
  }

  End end() {
    return end;
  }

  /** Bytes that came since the connection was made, also those not read yet. */
  long received() {
    return received;
  }

  /**
   * Sends it all. A peer that has stopped listening may have answered before it did, so that is
   * seen when the answer is read.
   */
  void write(byte[] bytes) throws Broken {
    Thread watch = bytes.length > WRITE_UNWATCHED_BYTES ? closeAt(deadline) : null;
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException stoppedListening) {
      if (Thread.currentThread().isInterrupted() || deadline.passed()) {
        throw new Broken(ErrorClass.TIMEOUT, late.get());
      }
    } finally {
      if (watch != null) {
        watch.interrupt();
      }
    }
  }

  private Thread closeAt(Deadline moment) {
    return Thread.startVirtualThread(() -> {
      LockSupport.parkNanos(moment.nanos() - System.nanoTime());
      if (moment.passed()) {
        Connector.close(socket);
      }
    });
  }

  /** The next byte, or -1 where the connection ended. */
  int read() throws Broken {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  /** Some bytes, at least one, or -1 where the connection ended. */
  int read(byte[] into, int offset, int length) throws Broken {
    if (position == limit && !fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, into, offset, count);
    position += count;
    return count;
  }

  /**
   * A line without its end, CRLF or LF, in ISO-8859-1; null where the connection ended within it.
   *
   * @throws Broken as a violation of the protocol, with this sentence, where it is longer
   */
  @Nullable String line(int bytesMax, String tooLong) throws Broken {
    StringBuilder begun = null;
    while (position < limit || fill()) {
      int from = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      int length = position - from + (begun == null ? 0 : begun.length());
      if (length > bytesMax) {
        throw new Broken(ErrorClass.PROTOCOL, tooLong);
      }
      String piece = new String(buffer, from, position - from, StandardCharsets.ISO_8859_1);
      if (position == limit) {
        begun = begun == null ? new StringBuilder(piece) : begun.append(piece);
        continue;
      }
      position++;
      String line = begun == null ? piece : begun.append(piece).toString();
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
    return null;
  }

  /** Whether more came; false where the connection ended. */
  private boolean fill() throws Broken {
    if (end != End.OPEN) {
      return false;
    }
    try {
      if (deadline.passed()) {
        throw new Broken(ErrorClass.TIMEOUT, late.get());
      }
      socket.setSoTimeout(deadline.remainingMillis());
      int count = in.read(buffer, 0, buffer.length);
      if (count < 0) {
        end = End.CLOSED;
        return false;
      }
      position = 0;
      limit = count;
      received += count;
      return true;
    } catch (Broken ours) {
      throw ours;
    } catch (SocketTimeoutException noMore) {
      throw new Broken(ErrorClass.TIMEOUT, late.get());
    } catch (IOException cut) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Broken(ErrorClass.TIMEOUT, "the check was ended before the answer was complete");
      }
      if (!(cut instanceof SocketException) && !(cut.getCause() instanceof SocketException)) {
        throw received == 0
            ? new Broken(
                ErrorClass.TLS_PROTOCOL,
                "the server ended the TLS connection after the handshake;"
                    + " it may want a client certificate, or another one")
            : new Broken(
                ErrorClass.PROTOCOL, "the encrypted connection broke: what came makes no sense");
      }
      end = End.RESET;
      return false;
    }
  }

  void close() {
    Connector.close(socket);
  }
}
