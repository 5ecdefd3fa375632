// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.MeasuringThreads;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.SiteProber;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much the waiting phase of a check is above what the site itself took, beside what a bare
 * socket sees in turns with it. Arguments: requests of each kind and delay (200), checks that run
 * meanwhile (0).
 */
final class CheckAccuracy {

  private static final long[] DELAYS_MICROS = {0, 1_000, 5_000, 20_000, 100_000};
  private static final int WARM_UP_REQUESTS = 2_000;
  private static final NetworkPolicy ANY = NetworkPolicies.parse("any");
  private static final Pattern HELD = Pattern.compile(LocalSite.HELD + ": ([0-9]+)\r\n");

  private final SiteProber prober = CheckRate.prober();
  private final SiteProcess site;
  private final ExecutorService threads;

  private CheckAccuracy(SiteProcess site, ExecutorService threads) {
    this.site = site;
    this.threads = threads;
  }

  public static void main(String... arguments) throws Exception {
    int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int meanwhile = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    try (SiteProcess site = SiteProcess.start();
        ExecutorService threads = MeasuringThreads.upTo(meanwhile + 1, "check-")) {
      CheckAccuracy accuracy = new CheckAccuracy(site, threads);
      accuracy.measure(WARM_UP_REQUESTS, 0);
      AtomicBoolean over = new AtomicBoolean();
      for (int i = 0; i < meanwhile; i++) {
        threads.execute(() -> accuracy.keepChecking(over));
      }
      try {
        accuracy.report(requests);
      } finally {
        over.set(true);
      }
    }
  }

  private void report(int requests) throws IOException {
    System.out.println(
        "above the site's own time, us: bare socket p50 p95 | check p50 p95 | excess p50 p95");
    for (long delay : DELAYS_MICROS) {
      long[][] above = measure(requests, delay);
      System.out.printf(
          "%3d ms held: %6.0f %6.0f | %6.0f %6.0f | %6.0f %6.0f%n",
          delay / 1_000,
          micros(above[0], 50),
          micros(above[0], 95),
          micros(above[1], 50),
          micros(above[1], 95),
          micros(above[1], 50) - micros(above[0], 50),
          micros(above[1], 95) - micros(above[0], 95));
    }
  }

  /** As a slow site keeps a check waiting: many at a time, each with little to do. */
  private void keepChecking(AtomicBoolean over) {
    Check.Http slow = site.check(false, 200_000);
    while (!over.get()) {
      prober.attempt(slow, Sampling.ONE, Expectations.DEFAULT, ANY);
    }
  }

  /** Times above the site's own, sorted: of bare sockets, and of checks. */
  private long[][] measure(int requests, long delayMicros) throws IOException {
    long[] bare = new long[requests];
    long[] checked = new long[requests];
    Check.Http check = site.check(false, delayMicros);
    for (int i = 0; i < requests; i++) {
      bare[i] = bare(delayMicros);
      checked[i] = MeasuringThreads.call(threads, () -> checked(check));
    }
    Arrays.sort(bare);
    Arrays.sort(checked);
    return new long[][] {bare, checked};
  }

  private long checked(Check.Http check) {
    Measurement measurement =
        prober.attempt(check, Sampling.ONE, Expectations.DEFAULT, ANY).measurements().getFirst();
    if (!(measurement.reply() instanceof Reply.Http reply)) {
      throw new IllegalStateException("a check failed: " + measurement.failure());
    }
    return measurement.last().phases().waiting()
        - Long.parseLong(reply.headers().get(LocalSite.HELD).getFirst());
  }

  private long bare(long delayMicros) throws IOException {
    byte[] request =
        "GET /%d HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            .formatted(delayMicros)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] answer = new byte[8_192];
    try (Socket socket = new Socket("127.0.0.1", site.plainPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      socket.getOutputStream().write(request);
      long begin = System.nanoTime();
      int size = in.read(answer);
      long took = System.nanoTime() - begin;
      Matcher held = HELD.matcher(new String(answer, 0, size, StandardCharsets.ISO_8859_1));
      if (!held.find()) {
        throw new IOException("the head came in pieces");
      }
      return took - Long.parseLong(held.group(1));
    }
  }

  private static double micros(long[] ascending, int percent) {
    return ascending[Math.max(0, Math.ceilDiv(ascending.length * percent, 100) - 1)] / 1e3;
  }
}
