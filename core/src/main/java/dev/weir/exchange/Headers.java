// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Header fields; names are compared without regard to case. Immutable and thread-safe. */
public final class Headers {

  private static final Headers EMPTY = new Headers(Map.of());

  private final TreeMap<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Headers(Map<String, List<String>> fields) {
    fields.forEach(
        (name, values) -> this.fields.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(values));
    this.fields.replaceAll((_, values) -> List.copyOf(values));
  }

  public static Headers empty() {
    return EMPTY;
  }

  /** These fields; values of names that differ only in case are joined in order. */
  public static Headers of(Map<String, List<String>> fields) {
    return new Headers(fields);
  }

  /** Name, value, name, value and so on. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name without a value");
    }
    TreeMap<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>()).add(namesAndValues[i + 1]);
    }
    return new Headers(fields);
  }

  /** The first value of a field. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of a field, in order; empty where it is missing. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** A copy with one field set to one value. */
  public Headers with(String name, String value) {
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(fields);
    copy.put(name, List.of(value));
    return new Headers(copy);
  }

  /** Calls for each name and value. */
  public void forEach(BiConsumer<String, String> action) {
    fields.forEach((name, values) -> values.forEach(value -> action.accept(name, value)));
  }

  @Override
  public String toString() {
    return "Headers" + fields.keySet();
  }
}
