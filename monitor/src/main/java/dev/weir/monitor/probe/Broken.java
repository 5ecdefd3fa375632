// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ends the reading of an answer: it carries the failure from wherever it was seen to the probe that
 * makes a measurement of it. It never leaves the room, and nobody reads its stack.
 */
final class Broken extends IOException {

  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  Broken(ErrorClass errorClass, String sentence) {
    super(sentence);
    this.failure = new Failure(errorClass, sentence);
  }

  Failure failure() {
    return failure;
  }

  /** The one that caused this, where it passed through somebody else's code. */
  static @Nullable Broken in(@Nullable Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof Broken broken) {
        return broken;
      }
    }
    return null;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
