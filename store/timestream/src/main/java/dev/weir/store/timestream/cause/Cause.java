// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.cause;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong, and what to do about it. Both are parts of a sentence without a full stop, and
 * name no secret.
 *
 * @param what names the host, the table or the key that it is about
 * @param remedy empty where nothing can be said
 */
public record Cause(String what, String remedy) {

  public Cause {
    requireNonNull(what, "what");
    requireNonNull(remedy, "remedy");
  }

  /** As one line of a log. */
  public String line() {
    return remedy.isEmpty() ? what : what + "; " + remedy;
  }
}
