// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

/**
 * A body that can't be decoded; sending it again can't help. Carries no stack trace: it is cheap.
 */
public final class MalformedBodyException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * Says what is wrong and where.
   *
   * @param offset bytes from the beginning of the unpacked body
   */
  public MalformedBodyException(String message, int offset) {
    super(message + " at byte " + offset, null, false, false);
    this.offset = offset;
  }

  /** Bytes from the beginning of the unpacked body. */
  public int offset() {
    return offset;
  }
}
