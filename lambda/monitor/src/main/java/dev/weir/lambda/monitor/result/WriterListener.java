// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.store.TableName;

/** Is told what became of reports; thread-safe, quick. */
interface WriterListener {

  /**
   * Records of one table are stored.
   *
   * @param repeated those of them that were there already
   */
  default void stored(TableName table, int records, int repeated) {}

  /** A slot was run twice and came to different ends; the first one stays. */
  default void secondRun(String message) {}

  /** A message will never be taken in as it is; the queue moves it aside in the end. */
  default void refused(String message, String why) {}

  /** A message could not be taken in now; it comes again. */
  default void putOff(String message, String why) {}
}
