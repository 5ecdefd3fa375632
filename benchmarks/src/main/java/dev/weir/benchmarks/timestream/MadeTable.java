// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.util.List;
import java.util.Locale;

/**
 * The table that the stub serves: one metric, one series for each pod, a sample every 15 seconds.
 * Every label, time and value follows from its number, so that a reader can tell what is right
 * without asking.
 *
 * @param startMillis time of the first sample of series 0, in Unix milliseconds
 */
public record MadeTable(int series, int samplesPerSeries, long startMillis) {

  public static final String METRIC = "container_memory_working_set_bytes";

  public static final int STEP_MILLIS = 15_000;

  /** The dimensions, sorted, as DESCRIBE lists them. */
  static final List<String> DIMENSIONS =
      List.of("cluster", "container", "instance", "job", "namespace", "node", "pod", "region");

  /** The place of the dimension whose value no other series has. */
  static final int UNIQUE = DIMENSIONS.indexOf("pod");

  private static final String[] SERVICES = {"checkout", "catalogue", "search", "payments"};

  public MadeTable {
    if (series < 1 || samplesPerSeries < 1 || startMillis < 0) {
      throw new IllegalArgumentException("series, samples and times must be positive");
    }
  }

  /** About so many samples, none later than the end. */
  public static MadeTable endingAt(long endMillis, int series, int samples) {
    int each = Math.max(1, samples / series);
    long span = (long) (each + 1) * STEP_MILLIS;
    return new MadeTable(series, each, (endMillis - span) / STEP_MILLIS * STEP_MILLIS);
  }

  public long samples() {
    return (long) series * samplesPerSeries;
  }

  /** The values of the dimensions of one series, in their order. */
  List<String> labels(int index) {
    String service = SERVICES[index % SERVICES.length];
    return List.of(
        "eu-central-" + index % 2,
        "app",
        "10.4." + index / 250 + "." + index % 250 + ":8080",
        "kubelet",
        "team-" + index % 40,
        "node-" + index % 60 + ".example.org",
        String.format(Locale.ROOT, "%s-7d9f8b6c5-%05x", service, index),
        "eu-central");
  }

  /** Unix milliseconds; series are scraped at moments of their own. */
  public long timeMillis(int index, int sample) {
    return startMillis + (long) sample * STEP_MILLIS + index * 2_654_435_761L % STEP_MILLIS;
  }

  /** A gauge with two decimals that moves at every sample. */
  public double value(int index, int sample) {
    long mixed = ((long) index * samplesPerSeries + sample + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
    return Math.floorMod(mixed ^ mixed >>> 32, 100_000L) / 100.0;
  }
}
