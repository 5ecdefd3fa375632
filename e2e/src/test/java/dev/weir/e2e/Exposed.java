// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of metrics exposes.
 *
 * @param types by the metric's name
 * @param values by the metric's name and then its labels
 */
record Exposed(Map<String, String> types, Map<String, Map<Map<String, String>, Double>> values) {

  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{.*\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  static Exposed of(String page) {
    Exposed exposed = new Exposed(new TreeMap<>(), new TreeMap<>());
    for (String line : page.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ");
        exposed.types.put(words[2], words[3]);
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        Map<String, String> labels = new HashMap<>();
        if (sample.group(2) != null) {
          Matcher label = LABEL.matcher(sample.group(2));
          while (label.find()) {
            labels.put(label.group(1), label.group(2));
          }
        }
        exposed
            .values
            .computeIfAbsent(sample.group(1), _ -> new HashMap<>())
            .put(labels, Double.parseDouble(sample.group(3)));
      }
    }
    return exposed;
  }

  /** The value without labels. */
  double value(String name) {
    return values.get(name).get(Map.of());
  }
}
