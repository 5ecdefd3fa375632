// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A gauge with its values.
 *
 * @param help one sentence
 */
public record ProbeMetric(String name, String help, List<Value> values) {

  public ProbeMetric {
    values = List.copyOf(values);
  }

  /** A value and its labels. */
  public record Value(SortedMap<String, String> labels, double number) {}

  static ProbeMetric of(String name, String help, double number) {
    return new ProbeMetric(name, help, List.of(new Value(new TreeMap<>(), number)));
  }

  static Value labelled(double number, String label, String text) {
    return new Value(new TreeMap<>(java.util.Map.of(label, text)), number);
  }
}
