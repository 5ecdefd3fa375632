// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only exception that a store throws. Its kind decides what an edge answers and whether a
 * sender tries again; the message is written for the person who reads the answer, and never carries
 * text of the engine below.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The closed set of what can go wrong. */
  public enum Kind {
    /**
     * The request makes no sense, whoever repeats it; for SQL the message begins with its place.
     */
    BAD_REQUEST(false),
    /**
     * A database, table or query id is not there. An operator can make it, so senders keep data.
     */
    NOT_FOUND(true),
    /** The thing exists, or is in another state. */
    CONFLICT(false),
    /** The caller may not; an operator can mend it, so senders keep their data. */
    DENIED(true),
    /** A limit of the account or the store is reached. */
    QUOTA(true),
    /** The call went to an endpoint that does not serve this account. */
    WRONG_ENDPOINT(true),
    /** Too many calls; wait. */
    THROTTLED(true),
    /** The deadline passed; the work may or may not be done. */
    TIMED_OUT(true),
    /** Someone cancelled the call. */
    CANCELLED(true),
    /** The store can't work now: disk full, closing, network. */
    UNAVAILABLE(true),
    /** A fault of ours. */
    INTERNAL(true);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    /** Whether the same write may succeed later, so that a sender must keep its data. */
    public boolean retryable() {
      return retryable;
    }
  }

  /** What is known of a failure beyond its kind, for a caller that can ask differently. */
  public enum Detail {
    /**
     * A row of the result is larger than a page may be: ask for shorter rows, such as a time series
     * over less time.
     */
    ROW_TOO_LARGE,
    /** The query names a column that the table does not have, or not yet. */
    UNKNOWN_COLUMN,
    /** The query names a table or a database that is not there. */
    UNKNOWN_TABLE
  }

  private final Kind kind;
  private final @Nullable Detail detail;
  private final @Nullable Duration retryAfter;

  public StoreException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, null, cause);
  }

  /** With the time after which a repeat makes sense, where the store knows it. */
  public StoreException(
      Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.detail = null;
    this.retryAfter = retryAfter;
  }

  private StoreException(StoreException failure, Detail detail) {
    super(failure.getMessage(), failure);
    this.kind = failure.kind;
    this.detail = detail;
    this.retryAfter = failure.retryAfter;
  }

  /** The same failure, with what is known of it. */
  public StoreException with(Detail known) {
    return new StoreException(this, known);
  }

  public Kind kind() {
    return kind;
  }

  /** Empty where nothing is known, which does not mean that it is none of these. */
  public Optional<Detail> detail() {
    return Optional.ofNullable(detail);
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
