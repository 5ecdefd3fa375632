// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.util.Locale;

/** Prints figures, one line each, name first. */
final class Report {
  private Report() {}

  static void writes(String name, WriteLoad.Outcome outcome) {
    long[] nanos = outcome.answerNanos();
    print(
        "%-24s %,d samples in %.1f s = %,.0f samples/s, slowest second %,d",
        name,
        outcome.samples(),
        outcome.elapsed().toNanos() / 1e9,
        outcome.samplesPerSecond(),
        outcome.slowestSecondSamples());
    print("%-24s %s", "  answers", times(nanos));
    print(
        "%-24s %d refused requests, %d retries",
        "  errors", outcome.refusedRequests(), outcome.retries());
    String trouble = outcome.firstTrouble();
    if (trouble != null) {
      print("%-24s %s", "  first trouble", trouble);
    }
  }

  static void reads(ReadLoad.Outcome outcome) {
    print(
        "%s: %,d samples, %,d bytes, %d times, %.1f ms server CPU each: %s",
        outcome.name(),
        outcome.samples(),
        outcome.answerBytes(),
        outcome.answerNanos().length,
        outcome.serverCpuSeconds() * 1e3,
        times(outcome.answerNanos()));
  }

  static void cpu(String name, double seconds, long samples) {
    print("%-24s %.1f s CPU = %.2f µs a sample", name, seconds, seconds * 1e6 / samples);
  }

  static void disk(String name, long bytes, long samples) {
    print("%-24s %,d bytes = %.2f a sample", name, bytes, (double) bytes / samples);
  }

  private static String times(long[] sortedNanos) {
    return "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(
            millis(sortedNanos, 0.50),
            millis(sortedNanos, 0.95),
            millis(sortedNanos, 0.99),
            millis(sortedNanos, 1.00));
  }

  private static double millis(long[] sortedNanos, double share) {
    if (sortedNanos.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, index)] / 1e6;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
