// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.catalog;

import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.JsonObject;
import dev.weir.server.timestream.wire.WireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The member Tags of requests. */
final class Tags {

  private static final int TAGS_MAX = 200;
  private static final int KEY_LENGTH_MAX = 128;
  private static final int VALUE_LENGTH_MAX = 256;

  private Tags() {}

  /** The tags of a request; none where there is no such member. */
  static Map<String, String> of(JsonObject input) {
    List<JsonObject> tags = input.objects("Tags");
    if (tags == null) {
      return Map.of();
    }
    Constraints.size(tags, "tags", 0, TAGS_MAX);
    Map<String, String> byKey = new LinkedHashMap<>();
    for (int i = 0; i < tags.size(); i++) {
      String path = "tags." + (i + 1) + ".member.";
      String key = key(tags.get(i).text("Key"), path + "key");
      String value = Constraints.required(tags.get(i).text("Value"), path + "value");
      Constraints.length(value, path + "value", 0, VALUE_LENGTH_MAX);
      if (byKey.put(key, value) != null) {
        throw WireException.invalid("The tag key " + key + " is there twice.");
      }
    }
    return byKey;
  }

  /** The keys of a request to take tags away. */
  static List<String> keys(JsonObject input) {
    List<String> keys = Constraints.required(input.texts("TagKeys"), "tagKeys");
    Constraints.size(keys, "tagKeys", 0, TAGS_MAX);
    for (int i = 0; i < keys.size(); i++) {
      key(keys.get(i), "tagKeys." + (i + 1) + ".member");
    }
    return keys;
  }

  private static String key(@Nullable String value, String path) {
    String key = Constraints.required(value, path);
    Constraints.length(key, path, 1, KEY_LENGTH_MAX);
    return key;
  }
}
