// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.cause.NetworkCauses;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;

/**
 * What went wrong on the way, for whoever has to mend it: which host, what, and what to look at.
 * All of it may pass, so that senders keep their data.
 */
final class NetworkFailures {

  private NetworkFailures() {}

  static StoreException of(Exception failure, URI endpoint) {
    if (interrupted(failure)) {
      Thread.currentThread().interrupt();
      return new StoreException(Kind.CANCELLED, "interrupted", failure);
    }
    return new StoreException(
        Kind.UNAVAILABLE, NetworkCauses.of(failure, endpoint).line(), failure);
  }

  private static boolean interrupted(Throwable failure) {
    return Thread.currentThread().isInterrupted()
        || NetworkCauses.has(failure, InterruptedException.class)
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException)
            && !failure.getClass().getSimpleName().contains("Timeout"));
  }
}
