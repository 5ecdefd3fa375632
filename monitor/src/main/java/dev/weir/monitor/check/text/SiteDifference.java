// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One field in which two texts of a site differ.
 *
 * @param field such as {@code http.headers.Accept} or {@code expect.status[0]}
 * @param before as the first has it; empty where it has the default or nothing
 * @param after as the second has it; secrets are the references that they are written as
 */
public record SiteDifference(String field, Optional<String> before, Optional<String> after) {

  /** What differs between two texts of {@link SiteWriter}, in the order of their fields. */
  public static List<SiteDifference> between(String before, String after) {
    Map<String, String> old = flat(before);
    Map<String, String> now = flat(after);
    List<SiteDifference> differences = new ArrayList<>();
    old.forEach((field, text) -> {
      if (!text.equals(now.get(field))) {
        differences.add(
            new SiteDifference(field, Optional.of(text), Optional.ofNullable(now.get(field))));
      }
    });
    now.forEach((field, text) -> {
      if (!old.containsKey(field)) {
        differences.add(new SiteDifference(field, Optional.empty(), Optional.of(text)));
      }
    });
    return differences;
  }

  /** Every single value by its path; a text that is no JSON has none. */
  private static Map<String, String> flat(String json) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      flatten(JsonText.read(json), "", values);
    } catch (MalformedText e) {
      values.clear();
    }
    return values;
  }

  private static void flatten(Value value, String path, Map<String, String> values) {
    switch (value) {
      case Value.Scalar scalar -> values.put(path, scalar.text());
      case Value.Listing listing -> {
        for (int i = 0; i < listing.values().size(); i++) {
          flatten(listing.values().get(i), path + "[" + i + "]", values);
        }
      }
      case Value.Mapping mapping -> {
        for (Value.Entry entry : mapping.entries()) {
          flatten(entry.value(), path.isEmpty() ? entry.name() : path + "." + entry.name(), values);
        }
      }
    }
  }
}
