// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Sends as one shard of Prometheus' remote write does: one request after the other, repeated after
 * 5xx, 429 and broken connections until it is taken, dropped after any other 4xx. What it sends
 * follows from the seed. One thread at a time.
 */
final class FaultSender {

  static final String METRIC = "fault_metric_";
  private static final int METRICS = 7;
  private static final long BACKOFF_MILLIS = 30;
  private static final long BACKOFF_MILLIS_MAX = 1_000;

  private final int number;
  private final long seed;
  private final long base;
  private final RemoteClient client;
  private final List<Integer> parts = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private int repeats;

  FaultSender(int number, long seed, long baseMillis, RemoteClient client) {
    this.number = number;
    this.seed = seed;
    this.base = baseMillis;
    this.client = client;
  }

  /** Goes on until it is told to stop, and ends what it has begun. */
  void sendUntil(BooleanSupplier stop) {
    while (!stop.getAsBoolean()) {
      int request = parts.size();
      parts.add(partsOf(request));
      sendUntilTaken(body(request));
    }
  }

  private void sendUntilTaken(byte[] body) {
    long backoff = BACKOFF_MILLIS;
    while (true) {
      int status = 0;
      try {
        HttpResponse<byte[]> response = client.write(body);
        status = response.statusCode();
        if (status / 100 == 4 && status != 429) {
          refusals.add(RemoteClient.text(response));
          return;
        }
        if (status / 100 == 5) {
          assertThat(response.headers().firstValue("Retry-After"))
              .as(() -> RemoteClient.text(response))
              .isPresent();
        }
      } catch (UncheckedIOException e) {
        // The connection broke, or nobody listens just now.
      }
      if (status / 100 == 2) {
        return;
      }
      repeats++;
      Patience.pause(backoff);
      backoff = Math.min(2 * backoff, BACKOFF_MILLIS_MAX);
    }
  }

  private byte[] body(int request) {
    WireWriter body = new WireWriter();
    for (int part = 0; part < parts.get(request); part++) {
      Map<String, String> labels = new TreeMap<>();
      labels.put("__name__", METRIC + part % METRICS);
      labels.put("instance", "host-" + part % 50 + ":9100");
      labels.put("part", Integer.toString(part));
      labels.put("sender", Integer.toString(number));
      body.series(labels, SampleRead.of(time(request), value(request, part)));
    }
    return body.compressed();
  }

  /** Mostly small requests, now and then one that takes Timestream ten calls. */
  private int partsOf(int request) {
    SplittableRandom random = random(request, -1);
    int kind = random.nextInt(100);
    if (kind < 60) {
      return 1 + random.nextInt(10);
    }
    return kind < 95 ? 50 + random.nextInt(200) : 800 + random.nextInt(400);
  }

  private long time(int request) {
    return base + 100L * request;
  }

  private double value(int request, int part) {
    return random(request, part).nextDouble() * 1e6;
  }

  private SplittableRandom random(int request, int part) {
    return new SplittableRandom(((seed * 31 + number) * 100_003 + request) * 2_003 + part);
  }

  int number() {
    return number;
  }

  int requests() {
    return parts.size();
  }

  int repeats() {
    return repeats;
  }

  /** The texts of what was answered 4xx. */
  List<String> refusals() {
    return refusals;
  }

  int samples() {
    return parts.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Holds what the store has against all that was sent: nothing is missing, nothing is another.
   *
   * @param rows part, milliseconds, value
   */
  void check(List<List<String>> rows) {
    Map<String, Double> stored = new HashMap<>(2 * rows.size());
    for (List<String> row : rows) {
      assertThat(stored.put(row.get(0) + "@" + row.get(1), Double.valueOf(row.get(2))))
          .as("sender %d: twice: %s", number, row)
          .isNull();
    }
    List<String> wrong = new ArrayList<>();
    for (int request = 0; request < parts.size(); request++) {
      for (int part = 0; part < parts.get(request); part++) {
        Double found = stored.remove(part + "@" + time(request));
        if (found == null || found != value(request, part)) {
          wrong.add(
              "request %d of %d parts, part %d at %d: sent %s, found %s"
                  .formatted(
                      request,
                      parts.get(request),
                      part,
                      time(request),
                      value(request, part),
                      found));
        }
      }
    }
    assertThat(wrong)
        .withFailMessage(() ->
            "seed %d, sender %d: %d of %d samples are wrong, such as%n%s"
                .formatted(
                    seed,
                    number,
                    wrong.size(),
                    samples(),
                    String.join("\n", wrong.subList(0, Math.min(5, wrong.size())))))
        .isEmpty();
    assertThat(stored).as("sender %d never sent these", number).isEmpty();
  }
}
