// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;

/**
 * Makes requests of one protocol. One file a protocol. Not thread-safe: a run has its own; closing
 * it closes whatever connection is still open.
 */
interface Probe<C extends Check> extends AutoCloseable {

  /**
   * One request. What goes wrong with the site is a value; nothing is thrown for it. An interrupt
   * ends it as a timeout.
   *
   * @param deadlineNanos by {@link System#nanoTime}, when it ends at the latest
   */
  Measurement request(C check, long deadlineNanos);

  @Override
  void close();
}
