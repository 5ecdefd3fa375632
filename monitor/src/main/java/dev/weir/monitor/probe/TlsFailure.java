// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a TLS connection failed, told from the kinds of the causes and from the certificates.
 *
 * @param refused what was learned of the peer; null where its certificates were not the reason
 */
record TlsFailure(Failure failure, @Nullable RefusedCertificate refused) {

  /**
   * What an exception of a handshake means; later ones may be given too, since a server can refuse
   * a client's certificate after the handshake.
   *
   * @param where the host, with or without its port, for the sentence
   * @param deadline of the handshake
   */
  static TlsFailure of(IOException cause, String where, Deadline deadline) {
    if (find(cause, RefusedCertificate.class) instanceof RefusedCertificate refused) {
      return new TlsFailure(refused.failure(), refused);
    }
    if (Thread.currentThread().isInterrupted()) {
      return failure(
          ErrorClass.TIMEOUT,
          "the check was ended before the TLS handshake with %s was".formatted(where));
    }
    if (deadline.passed() || find(cause, InterruptedIOException.class) != null) {
      return failure(
          ErrorClass.TIMEOUT,
          "%s did not end the TLS handshake within %s".formatted(where, deadline.limitText()));
    }
    if (find(cause, SocketException.class) != null || find(cause, EOFException.class) != null) {
      return failure(ErrorClass.RESET, where + " closed the connection during the TLS handshake");
    }
    return failure(
        ErrorClass.TLS_PROTOCOL,
        cause.getClass() == SSLException.class
            ? where + " answers with something that is not TLS; is it the right port?"
            : where
                + " and we agree on no TLS connection: it may speak older versions only, not"
                + " know the host name, or want a client certificate");
  }

  /** The peer with what was learned of it. */
  Peer peer(Peer connected) {
    return refused == null ? connected : refused.peer(connected);
  }

  private static TlsFailure failure(ErrorClass errorClass, String sentence) {
    return new TlsFailure(new Failure(errorClass, sentence), null);
  }

  /** The first of this kind among the exception, its causes and what they suppressed. */
  private static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> kind) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(cause);
    while (!open.isEmpty()) {
      Throwable each = open.remove();
      if (!seen.add(each)) {
        continue;
      }
      if (kind.isInstance(each)) {
        return kind.cast(each);
      }
      if (each.getCause() != null) {
        open.add(each.getCause());
      }
      Collections.addAll(open, each.getSuppressed());
    }
    return null;
  }
}
