// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import dev.weir.lambda.monitor.client.AwsFailures;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Calls of AWS: counted by their names, patient where AWS asks for it, and with failures as the
 * rest of Weir knows them. A throttled call waits a random while and is made again, longer each
 * time, beyond what the SDK does by itself: thousands of schedules in a row meet the rate of an
 * account. Thread-safe.
 */
public final class Calls {

  /** Attempts at a call that is throttled, each with the SDK's own four: half a minute at most. */
  private static final int THROTTLED_ATTEMPTS_MAX = 5;

  /** The SDK has tried four times by itself before a failure of another kind is seen here. */
  private static final int OTHER_ATTEMPTS_MAX = 1;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /** Waits; tests don't. */
  public interface Pause {
    void of(Duration pause) throws InterruptedException;
  }

  private final Pause pause;
  private final RandomGenerator random;
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  public Calls(Pause pause, RandomGenerator random) {
    this.pause = pause;
    this.random = random;
  }

  /** Calls that wait by the clock. */
  public static Calls patient() {
    return new Calls(Thread::sleep, RandomGenerator.of("L64X128MixRandom"));
  }

  /**
   * Makes a call.
   *
   * @param operation such as {@code scheduler:GetSchedule}, for the counts and for messages
   * @throws StoreException {@code CONFLICT} for what is there already, {@code NOT_FOUND}, {@code
   *     QUOTA}, {@code DENIED}, {@code THROTTLED}, {@code UNAVAILABLE}, or {@code BAD_REQUEST}
   */
  public <T> T make(String operation, Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      counts.computeIfAbsent(operation, any -> new LongAdder()).increment();
      try {
        return call.get();
      } catch (SdkException e) {
        StoreException failure = failure(operation, e);
        int attempts =
            failure.kind() == Kind.THROTTLED ? THROTTLED_ATTEMPTS_MAX : OTHER_ATTEMPTS_MAX;
        if (attempt >= attempts) {
          throw failure;
        }
        await(attempt, failure);
      }
    }
  }

  /** What is found or done; empty for what is not there, or has gone since it was listed. */
  static <T> Optional<T> unlessGone(Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Calls by operation since this was made, repeats included, those within the SDK not. */
  public Map<String, Long> counts() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((operation, count) -> sums.put(operation, count.sum()));
    return sums;
  }

  private void await(int attempt, StoreException failure) {
    long ceiling = Math.min(PAUSE_MAX.toMillis(), FIRST_PAUSE.toMillis() << (attempt - 1));
    long millis;
    synchronized (random) {
      millis = random.nextLong(ceiling / 2, ceiling + 1);
    }
    try {
      pause.of(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private static StoreException failure(String operation, SdkException e) {
    Kind kind = AwsFailures.kind(e, Kind.BAD_REQUEST);
    // An update meets another change of the same thing, which is over in a moment.
    boolean passing = kind == Kind.CONFLICT && operation.contains(":Update");
    return new StoreException(
        passing ? Kind.THROTTLED : kind, operation + " failed: " + e.getMessage(), e);
  }
}
