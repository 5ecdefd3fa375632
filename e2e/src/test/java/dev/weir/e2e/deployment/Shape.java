// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes what a template has at a place for what it must be there. */
final class Shape {

  private Shape() {}

  static Map<String, Object> map(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("not a mapping: " + value);
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, each) -> copy.put(name.toString(), each));
    return copy;
  }

  /** A list as it is, a single value as a list of one: policies have either. */
  static List<Object> list(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> List.copyOf(list);
      default -> List.of(value);
    };
  }

  static String text(@Nullable Object value) {
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException("not a text: " + value);
    }
    return text;
  }
}
