// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.store.Rejection;

/** Why samples are not stored. */
public enum Reason {
  NO_LABELS("series without labels"),
  NO_METRIC_NAME("series without __name__"),
  EMPTY_LABEL_NAME("empty label name"),
  DUPLICATE_LABEL("duplicate label name"),
  INVALID_TEXT("label that is not UTF-8"),
  SYMBOL_REFERENCE("bad symbol reference"),
  RESERVED_NAME("metric name with a reserved ending"),
  LONG_NAME("name over its limit"),
  NON_FINITE("value that is not finite"),
  CONFLICT("another value at the same series and time"),
  TOO_OLD("older than retention"),
  TOO_NEW("too far ahead of the clock"),
  TYPE("measure of another type"),
  NAME("name that the store does not take"),
  LIMIT("over a limit");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** A few words for people. */
  public String text() {
    return text;
  }

  static Reason of(Rejection.Reason reason) {
    return switch (reason) {
      case CONFLICT -> CONFLICT;
      case TOO_OLD -> TOO_OLD;
      case TOO_NEW -> TOO_NEW;
      case TYPE -> TYPE;
      case NAME -> NAME;
      case LIMIT -> LIMIT;
    };
  }
}
