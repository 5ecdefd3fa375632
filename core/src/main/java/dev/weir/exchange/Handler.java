// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.exchange;

/** Answers requests. Thread-safe; blocks its thread while it works. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers one request. What a client did wrong and what a store can't do are answers, not
   * exceptions; an exception is a fault of ours, and the edge answers 500 without its text.
   */
  Response handle(Request request);
}
