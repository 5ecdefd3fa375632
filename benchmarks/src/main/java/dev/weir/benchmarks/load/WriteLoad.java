// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a range of steps over several connections. A series always travels on the same connection
 * and in order of time, as with the shards of a Prometheus. Like a Prometheus, it sends again what
 * was answered 5xx or 429, and gives up what was answered with another 4xx. One use only.
 */
public final class WriteLoad {
  private static final long RETRY_PAUSE_MILLIS = 30;

  private final LoadShape shape;
  private final RequestFile requests;
  private final InetSocketAddress server;
  private final int connections;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final AtomicReference<@Nullable String> firstTrouble = new AtomicReference<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong lastAnswerNanos = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private final List<long[]> answerNanos = new ArrayList<>();
  private long startNanos;

  public WriteLoad(
      LoadShape shape, RequestFile requests, InetSocketAddress server, int connections) {
    this.shape = shape;
    this.requests = requests;
    this.server = server;
    this.connections = Math.min(connections, shape.groups());
  }

  /**
   * What came of it.
   *
   * @param samples acknowledged with 2xx
   * @param answerNanos sorted, of every try
   * @param slowestSecondSamples acknowledged in the slowest whole second
   * @param firstTrouble the first refusal or broken connection
   */
  public record Outcome(
      long samples,
      Duration elapsed,
      long[] answerNanos,
      long refusedRequests,
      long retries,
      long slowestSecondSamples,
      @Nullable String firstTrouble) {

    public double samplesPerSecond() {
      return samples * 1e9 / elapsed.toNanos();
    }
  }

  /** Begins to send; samplesPerSecond 0 means as fast as the answers come. */
  public void start(int fromStep, int toStep, double samplesPerSecond) {
    startNanos = System.nanoTime();
    lastAnswerNanos.set(startNanos);
    for (int first = 0; first < connections; first++) {
      int group = first;
      int ownGroups = (shape.groups() - first + connections - 1) / connections;
      double ownRate = samplesPerSecond * ownGroups / shape.groups();
      double interval = ownRate == 0 ? 0 : 1e9 * LoadShape.SAMPLES_PER_REQUEST / ownRate;
      long begin = startNanos + (long) (interval * first / connections); // spread, not in bursts
      long[] nanos = new long[ownGroups * (toStep - fromStep)];
      answerNanos.add(nanos);
      threads.add(
          Thread.ofPlatform()
              .name("write-" + first)
              .start(() -> run(group, fromStep, toStep, begin, interval, nanos)));
    }
  }

  /** Waits until everything is sent, or stop was called. */
  public Outcome await() throws InterruptedException {
    long slowestSecond = Long.MAX_VALUE;
    long before = 0;
    while (!threads.getFirst().join(Duration.ofSeconds(1))) {
      long now = acknowledged.sum();
      slowestSecond = Math.min(slowestSecond, now - before);
      before = now;
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long[] sorted = answerNanos.stream().flatMapToLong(Arrays::stream).filter(n -> n > 0).toArray();
    Arrays.sort(sorted);
    return new Outcome(
        acknowledged.sum(),
        Duration.ofNanos(lastAnswerNanos.get() - startNanos),
        sorted,
        refused.sum(),
        retried.sum(),
        Math.min(slowestSecond, acknowledged.sum()),
        firstTrouble.get());
  }

  void stop() {
    stopped.set(true);
  }

  private void run(
      int first, int fromStep, int toStep, long begin, double intervalNanos, long[] nanos) {
    try (WriteConnection connection = new WriteConnection(requests, server)) {
      int sent = 0;
      for (int step = fromStep; step < toStep; step++) {
        for (int group = first; group < shape.groups(); group += connections) {
          if (stopped.get()) {
            return;
          }
          pause(begin + (long) (sent * intervalNanos));
          nanos[sent++] = sendUntilJudged(connection, requests.request(step, group));
        }
      }
    } catch (IOException e) {
      firstTrouble.compareAndSet(null, "connection broke: " + e.getMessage());
      refused.increment();
    }
  }

  /** Gives the nanoseconds of the last try. */
  private long sendUntilJudged(WriteConnection connection, int request) throws IOException {
    while (true) {
      long before = System.nanoTime();
      int status = connection.send(request);
      long after = System.nanoTime();
      lastAnswerNanos.accumulateAndGet(after, Math::max);
      if (status / 100 == 2) {
        acknowledged.add(LoadShape.SAMPLES_PER_REQUEST);
        return after - before;
      }
      firstTrouble.compareAndSet(null, connection.lastRefusal());
      if (status / 100 != 5 && status != 429) {
        refused.increment();
        return after - before;
      }
      retried.increment();
      pause(after + RETRY_PAUSE_MILLIS * 1_000_000);
    }
  }

  private static void pause(long untilNanos) {
    long rest = untilNanos - System.nanoTime();
    while (rest > 0) {
      LockSupport.parkNanos(rest);
      rest = untilNanos - System.nanoTime();
    }
  }
}
