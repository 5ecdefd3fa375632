// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.doctor;

import dev.weir.store.timestream.diagnosis.Finding;
import java.util.function.Consumer;

/** Takes findings in order and writes them. Used by one thread. */
interface Report extends Consumer<Finding> {

  /**
   * Writes what comes last.
   *
   * @return whether nothing failed
   */
  boolean end();
}
