// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One point that a store refused for good; the same point will be refused again.
 *
 * @param index the point's place in its batch, from 0
 * @param reason the class of it
 * @param message a sentence for people: the thing, the value, the limit
 * @param existingVersion the version that stands in the way, or null
 */
public record Rejection(int index, Reason reason, String message, @Nullable Long existingVersion) {

  /** Why a point is refused. */
  public enum Reason {
    /** Another value stands at the same series and time with the same or a higher version. */
    CONFLICT,
    /** Older than what the table takes. */
    TOO_OLD,
    /** Further ahead of the clock than the table takes. */
    TOO_NEW,
    /** The measure name has another type in this table. */
    TYPE,
    /** A name is reserved, not allowed, or that of a dimension that is missing. */
    NAME,
    /** A size or a count is over a limit of the table. */
    LIMIT
  }

  public Rejection {
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
    if (index < 0) {
      throw new IllegalArgumentException("index " + index);
    }
  }

  public Rejection(int index, Reason reason, String message) {
    this(index, reason, message, null);
  }
}
