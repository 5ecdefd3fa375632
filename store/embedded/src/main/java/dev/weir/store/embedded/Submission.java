// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands commands to the committer and waits for what becomes of them. Thread-safe. */
final class Submission {

  /** How long work on the catalog may take. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WriteQueue queue;
  private final InstantSource clock;

  Submission(WriteQueue queue, InstantSource clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /** As {@link #await(WriteCommand, CompletableFuture, Instant)}, within half a minute. */
  <T> T await(WriteCommand command, CompletableFuture<T> done) {
    return await(command, done, clock.instant().plus(PATIENCE));
  }

  /**
   * Queues a command and waits until it is durable or refused.
   *
   * @throws StoreException what the committer says; TIMED_OUT at the deadline, CANCELLED when
   *     interrupted
   */
  <T> T await(WriteCommand command, CompletableFuture<T> done, Instant deadline) {
    long waitNanos = Math.max(0, Duration.between(clock.instant(), deadline).toNanos());
    long start = System.nanoTime();
    try {
      queue.put(command, waitNanos);
      long rest = waitNanos - (System.nanoTime() - start);
      return done.get(Math.max(rest, 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw new StoreException(
            failure.kind(),
            String.valueOf(failure.getMessage()),
            failure.retryAfter().orElse(null),
            failure);
      }
      throw new StoreException(Kind.INTERNAL, "the write failed inside the store", e.getCause());
    } catch (TimeoutException e) {
      throw givenUp(command, Kind.TIMED_OUT, "the write was not durable by its deadline", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp(command, Kind.CANCELLED, "the write was interrupted", e);
    }
  }

  /** Tells the committer that nobody waits; what it has begun already may still become durable. */
  private static StoreException givenUp(
      WriteCommand command, Kind kind, String message, Exception cause) {
    StoreException failure = new StoreException(kind, message, cause);
    command.fail(failure);
    return failure;
  }
}
