// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

/** A call that Timestream would not take either, or that the stub does not understand. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String type;

  /** The exception's name on the wire, and what is wrong. */
  RefusedException(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  static RefusedException invalid(String format, Object... values) {
    return new RefusedException("ValidationException", format.formatted(values));
  }

  String type() {
    return type;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
