// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shortens a server's own metrics: of a histogram, the bound of the bucket of the largest. */
final class OwnMetrics {
  private static final String BUCKET = "_bucket{le=\"";

  private OwnMetrics() {}

  /** Takes lines of the exposition format, buckets ascending as they are exposed. */
  static List<String> summary(List<String> lines) {
    List<String> summary = new ArrayList<>();
    Map<String, Double> mostByName = new LinkedHashMap<>();
    Map<String, String> boundByName = new LinkedHashMap<>();
    for (String line : lines) {
      int bucket = line.indexOf(BUCKET);
      if (bucket < 0) {
        summary.add(line);
        continue;
      }
      String name = line.substring(0, bucket);
      double count = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      if (count > mostByName.getOrDefault(name, 0.0)) {
        mostByName.put(name, count);
        boundByName.put(name, line.substring(bucket + BUCKET.length(), line.lastIndexOf('"')));
      }
    }
    boundByName.forEach((name, bound) -> summary.add(name + " largest <= " + bound));
    return summary;
  }
}
