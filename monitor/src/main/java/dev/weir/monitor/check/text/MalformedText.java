// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

/** A text that is neither YAML nor JSON, or beyond a limit: nothing of it can be used. */
final class MalformedText extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final boolean beyondLimit;

  MalformedText(int line, String reason) {
    this(line, reason, false);
  }

  MalformedText(int line, String reason, boolean beyondLimit) {
    super(reason);
    this.line = line;
    this.beyondLimit = beyondLimit;
  }

  /** Whether no other way to read it is worth a try. */
  boolean beyondLimit() {
    return beyondLimit;
  }

  int line() {
    return line;
  }
}
