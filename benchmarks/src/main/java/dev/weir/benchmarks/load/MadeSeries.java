// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The label sets: each target exposes the same 81 metrics in 100 series, ten labels each (the name
 * among them) out of 40 label names.
 */
public final class MadeSeries {
  /** Five series per target: the metric that the queries ask for. */
  static final String REQUESTS_METRIC = "http_requests_total";

  /** Eight targets share a namespace: team-0 to team-24 with the usual 200 targets. */
  static final int TARGETS_PER_NAMESPACE = 8;

  static final String[] CODES = {"200", "204", "400", "404", "500"};

  private static final int BUCKETS = 12;
  private static final int DOUBLED_METRICS = 4;
  private static final String[] SUBSYSTEMS = {
    "cache", "pool", "queue", "worker", "session", "disk", "network", "memory", "scheduler", "codec"
  };
  private static final String[] MEASURES = {
    "entries",
    "bytes_total",
    "utilisation_ratio",
    "latency_seconds",
    "errors_total",
    "inflight",
    "wait_seconds_total",
    "temperature_celsius"
  };
  private static final String[] OTHER_NAMES = {
    "handler", "device", "mountpoint", "fstype", "cpu", "mode", "interface", "operation",
    "queue", "topic", "partition", "version", "revision", "tier", "shard", "zone",
    "rack", "tenant", "protocol", "direction", "state", "reason", "phase", "container",
    "image", "service", "endpoint", "route", "cache"
  };

  private MadeSeries() {}

  /** Sorted by label name, as a sender must send them. */
  public static SortedMap<String, String> labels(int target, int series) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("instance", instance(target));
    labels.put("job", job(target));
    labels.put("cluster", "eu-central-" + target % 2);
    labels.put("region", "eu-central");
    labels.put("namespace", "team-" + target / TARGETS_PER_NAMESPACE);
    labels.put("pod", String.format(Locale.ROOT, "%s-7d9f8b6c5-%04x", job(target), target * 37));
    labels.put("node", "node-" + target % 16 + ".example.org");
    addMetric(labels, series);
    return labels;
  }

  static String instance(int target) {
    return "10.2." + target / 100 + "." + target % 100 + ":9090";
  }

  static String job(int target) {
    return switch (target % 4) {
      case 0 -> "checkout";
      case 1 -> "catalogue";
      case 2 -> "search";
      default -> "payments";
    };
  }

  private static void addMetric(SortedMap<String, String> labels, int series) {
    if (series < CODES.length) {
      labels.put("__name__", REQUESTS_METRIC);
      labels.put("code", CODES[series]);
      labels.put("method", series == 1 ? "POST" : "GET");
    } else if (series < CODES.length + BUCKETS) {
      labels.put("__name__", "http_request_duration_seconds_bucket");
      labels.put("le", series == CODES.length + BUCKETS - 1 ? "+Inf" : bucket(series));
      labels.put("handler", "/api/v1/orders");
    } else {
      addPlainMetric(labels, series - CODES.length - BUCKETS);
    }
  }

  private static String bucket(int series) {
    return Double.toString(0.005 * (1 << (series - CODES.length)));
  }

  private static void addPlainMetric(SortedMap<String, String> labels, int index) {
    int metric = index < 2 * DOUBLED_METRICS ? index / 2 : index - DOUBLED_METRICS;
    String subsystem = SUBSYSTEMS[metric % SUBSYSTEMS.length];
    String measure = MEASURES[metric / SUBSYSTEMS.length];
    labels.put("__name__", "app_" + subsystem + "_" + measure);
    String first = OTHER_NAMES[metric * 2 % OTHER_NAMES.length];
    String second = OTHER_NAMES[(metric * 2 + 1) % OTHER_NAMES.length];
    labels.put(first, first + "-" + metric % 7);
    labels.put(second, second + "-" + index);
  }
}
