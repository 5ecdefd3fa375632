// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

/** A text that is neither YAML nor JSON, or beyond a limit: nothing of it can be used. */
final class MalformedText extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;

  MalformedText(int line, String reason) {
    super(reason);
    this.line = line;
  }

  int line() {
    return line;
  }
}
