// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check.Timeouts;

/** A connection over which one version of HTTP is spoken. Not thread-safe. */
sealed interface HttpConnection extends AutoCloseable permits Http1Connection, Http2Connection {

  /**
   * One request and its answer, to the end of the body or to what went wrong. The first one tells
   * what making the connection took, too.
   *
   * @param keepsConnection whether another request may follow
   * @param deadlineNanos by {@link System#nanoTime}, when it ends at the latest
   */
  HopAnswer exchange(
      HttpRequest request,
      long bodyLimitBytes,
      Timeouts timeouts,
      boolean keepsConnection,
      long deadlineNanos);

  /** Whether another request may be sent over it. */
  boolean usable();

  @Override
  void close();
}
