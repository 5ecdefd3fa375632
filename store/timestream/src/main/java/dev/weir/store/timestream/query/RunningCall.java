// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import org.jspecify.annotations.Nullable;

/**
 * A call that waits for its answer, as those see it who want to cancel it. Interrupts its thread
 * only while it waits.
 */
final class RunningCall {

  private @Nullable Thread thread = Thread.currentThread();
  private @Nullable String queryId;
  private boolean cancelled;

  /** Timestream's id of the query is known. */
  synchronized void names(String id) {
    queryId = id;
  }

  /**
   * Ends the wait.
   *
   * @return Timestream's id of the query, or null where it is not known yet
   */
  synchronized @Nullable String cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
    return queryId;
  }

  synchronized boolean cancelled() {
    return cancelled;
  }

  /** Nobody interrupts from here on. */
  synchronized void end() {
    thread = null;
    if (cancelled) {
      Thread.interrupted(); // Ours: it must not end what the caller does next.
    }
  }
}
