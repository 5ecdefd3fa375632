// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static java.util.Objects.requireNonNull;

import dev.weir.store.timestream.call.UpstreamListener;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How Timestream is reached.
 *
 * @param region such as {@code us-east-1}; empty for the one that the SDK finds
 * @param writeEndpoint in place of Amazon's own for writing; empty to discover it
 * @param queryEndpoint in place of Amazon's own for queries; empty to discover it
 * @param writeAttemptsMax how often a call of WriteRecords is made at most, the first included
 * @param readAttemptsMax the same for Query
 * @param writeCallsMax the most calls of WriteRecords at work at once for one set of credentials
 * @param userAgent what the requests say of their sender
 * @param listener hears of every call
 * @param clock what deadlines are measured by
 */
public record TimestreamOptions(
    Optional<String> region,
    Optional<URI> writeEndpoint,
    Optional<URI> queryEndpoint,
    int writeAttemptsMax,
    int readAttemptsMax,
    int writeCallsMax,
    String userAgent,
    UpstreamListener listener,
    InstantSource clock) {

  /** As the AWS connector's {@code --max-write-retries}, which the SDK takes for attempts. */
  public static final int WRITE_ATTEMPTS = 10;

  /** As the AWS connector's {@code --max-read-retries}. */
  public static final int READ_ATTEMPTS = 3;

  public static final int WRITE_CALLS = 128;

  public TimestreamOptions {
    requireNonNull(userAgent, "userAgent");
    requireNonNull(listener, "listener");
    requireNonNull(clock, "clock");
    if (writeAttemptsMax < 1 || readAttemptsMax < 1 || writeCallsMax < 1) {
      throw new IllegalArgumentException("attempts and calls must be at least 1");
    }
  }

  /** Amazon's own endpoints, found by discovery. */
  public static TimestreamOptions defaults(InstantSource clock) {
    return new TimestreamOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        WRITE_ATTEMPTS,
        READ_ATTEMPTS,
        WRITE_CALLS,
        "weir",
        UpstreamListener.NONE,
        clock);
  }

  /** The same, in a region. */
  public TimestreamOptions inRegion(String name) {
    return new TimestreamOptions(
        Optional.of(name),
        writeEndpoint,
        queryEndpoint,
        writeAttemptsMax,
        readAttemptsMax,
        writeCallsMax,
        userAgent,
        listener,
        clock);
  }

  /** The same, at endpoints of one's own; empty leaves Amazon's. */
  public TimestreamOptions at(Optional<URI> write, Optional<URI> query) {
    return new TimestreamOptions(
        region,
        write,
        query,
        writeAttemptsMax,
        readAttemptsMax,
        writeCallsMax,
        userAgent,
        listener,
        clock);
  }

  /** The same, with other numbers of attempts. */
  public TimestreamOptions withAttempts(int writeMax, int readMax) {
    return new TimestreamOptions(
        region,
        writeEndpoint,
        queryEndpoint,
        writeMax,
        readMax,
        writeCallsMax,
        userAgent,
        listener,
        clock);
  }

  /** The same, with someone who listens, and the name by which requests go. */
  public TimestreamOptions heardBy(UpstreamListener other, String sender) {
    return new TimestreamOptions(
        region,
        writeEndpoint,
        queryEndpoint,
        writeAttemptsMax,
        readAttemptsMax,
        writeCallsMax,
        sender,
        other,
        clock);
  }
}
