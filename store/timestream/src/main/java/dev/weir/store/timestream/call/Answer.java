// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

/** What Timestream answered. Bodies are JSON and belong to whoever receives them. */
public sealed interface Answer {

  byte[] body();

  /** The operation was done. */
  record Done(byte[] body) implements Answer {}

  /**
   * The operation was refused.
   *
   * @param errorType the exception's name on the wire, such as {@code ThrottlingException}; empty
   *     where the answer names none. Statuses say less and are not told: Amazon's own pages
   *     disagree about them.
   * @param message what was said to people; may be empty
   */
  record Refused(String errorType, String message, byte[] body) implements Answer {}
}
