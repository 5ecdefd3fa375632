// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Words and what they mean, in the order in which messages list them. */
final class Ordered {

  private Ordered() {}

  static <T> Map<String, T> of(String name1, T value1, String name2, T value2) {
    Map<String, T> map = new LinkedHashMap<>();
    map.put(name1, value1);
    map.put(name2, value2);
    return Collections.unmodifiableMap(map);
  }

  static <T> Map<String, T> of(
      String name1, T value1, String name2, T value2, String name3, T value3) {
    Map<String, T> map = new LinkedHashMap<>(of(name1, value1, name2, value2));
    map.put(name3, value3);
    return Collections.unmodifiableMap(map);
  }

  static <T> Map<String, T> of(
      String name1,
      T value1,
      String name2,
      T value2,
      String name3,
      T value3,
      String name4,
      T value4) {
    Map<String, T> map = new LinkedHashMap<>(of(name1, value1, name2, value2, name3, value3));
    map.put(name4, value4);
    return Collections.unmodifiableMap(map);
  }

  /** The word for a meaning. */
  static <T> String word(Map<String, T> words, T meaning) {
    return words.entrySet().stream()
        .filter(entry -> entry.getValue().equals(meaning))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
