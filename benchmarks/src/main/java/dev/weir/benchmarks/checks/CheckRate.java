// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.probe.MeasuringThreads;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.probe.SiteProber;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;

/**
 * Checks a local site as often as it can, one fresh connection each, and tells checks a second and
 * the CPU time of each. Arguments: seconds of a round (5), checks at a time (50). Encrypted ones
 * begin after a warm-up: the elliptic curves of both sides are Java, which takes thousands of
 * handshakes to be compiled.
 */
final class CheckRate {

  private static final int ROUNDS = 4;
  private static final int WARM_UP_HANDSHAKES = 8_000;
  private static final Duration WARM_UP_MAX = Duration.ofMinutes(2);
  private static final NetworkPolicy ANY = NetworkPolicies.parse("any");

  private CheckRate() {}

  public static void main(String... arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int atOnce = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    SiteProber prober = prober();
    try (SiteProcess site = SiteProcess.start()) {
      for (boolean encrypted : new boolean[] {false, true}) {
        if (encrypted) {
          warmUp(prober, site.check(true, 0), atOnce);
        }
        for (int round = 1; round <= ROUNDS; round++) {
          round(prober, site.check(encrypted, 0), Duration.ofSeconds(seconds), atOnce, round);
        }
      }
    }
  }

  static SiteProber prober() {
    return new SiteProber(
        Resolver.system(), Secret::reference, Clock.systemUTC(), Thread::sleep, "benchmark");
  }

  private static void warmUp(SiteProber prober, Check.Http check, int atOnce) {
    long begin = System.nanoTime();
    LongAdder checks = new LongAdder();
    try (ExecutorService threads = MeasuringThreads.upTo(atOnce, "check-")) {
      for (int i = 0; i < atOnce; i++) {
        threads.execute(() -> {
          while (checks.sum() < WARM_UP_HANDSHAKES
              && System.nanoTime() - begin < WARM_UP_MAX.toNanos()) {
            prober.attempt(check, Sampling.ONE, Expectations.DEFAULT, ANY);
            checks.increment();
          }
        });
      }
    }
    System.out.printf(
        "%,d handshakes to warm up: %.0f s%n", checks.sum(), (System.nanoTime() - begin) / 1e9);
  }

  private static void round(
      SiteProber prober, Check.Http check, Duration length, int atOnce, int round) {
    LongAdder checks = new LongAdder();
    LongAdder failed = new LongAdder();
    long cpuBegin = cpuNanos();
    long begin = System.nanoTime();
    try (ExecutorService threads = MeasuringThreads.upTo(atOnce, "check-")) {
      for (int i = 0; i < atOnce; i++) {
        threads.execute(() -> {
          while (System.nanoTime() - begin < length.toNanos()) {
            Run run = prober.attempt(check, Sampling.ONE, Expectations.DEFAULT, ANY);
            checks.increment();
            if (!run.up()) {
              failed.increment();
            }
          }
        });
      }
    }
    double took = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%s, %d at a time, round %d: %,.0f checks/s, %.0f us of CPU each, %d failed%n",
        check.uri().getScheme(),
        atOnce,
        round,
        checks.sum() / took,
        (cpuNanos() - cpuBegin) / 1e3 / checks.sum(),
        failed.sum());
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
