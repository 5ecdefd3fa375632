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
    this(new Failure(errorClass, sentence));
  }

  Broken(Failure failure) {
    super(failure.sentence());
    this.failure = failure;
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
