// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the variables that have something for each region. */
final class RegionsReader {

  private static final JsonFactory JSON = new JsonFactory();

  private RegionsReader() {}

  /** {@code {"eu-west-1":{"check":…,"tick":…,"orders":…}}}. */
  static Map<String, RegionTargets> targets(String name, String text) {
    Map<String, RegionTargets> regions = new TreeMap<>();
    read(
        name,
        text,
        (region, json) -> {
          Map<String, String> fields = new HashMap<>();
          expect(json.currentToken() == JsonToken.START_OBJECT, name);
          fields(name, json, fields);
          if (!fields.containsKey("check") || !fields.containsKey("tick")) {
            throw new IllegalArgumentException(
                "%s: %s has no check or no tick, the ARNs of its functions"
                    .formatted(name, region));
          }
          regions.put(
              region,
              new RegionTargets(
                      fields.getOrDefault("check", ""),
                      fields.getOrDefault("tick", ""),
                      fields.getOrDefault("orders", ""))
                  .in(region));
        });
    if (regions.isEmpty()) {
      throw new IllegalArgumentException(
          name + " names no region; sites are checked from at least one");
    }
    return regions;
  }

  /** {@code {"eu-west-1":"text"}}. */
  static Map<String, String> texts(String name, String text) {
    Map<String, String> texts = new TreeMap<>();
    read(
        name,
        text,
        (region, json) -> {
          expect(json.currentToken() == JsonToken.VALUE_STRING, name);
          texts.put(region, json.getString());
        });
    return texts;
  }

  private interface Entry {
    void read(String region, JsonParser json);
  }

  private static void read(String name, String text, Entry entry) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      expect(json.nextToken() == JsonToken.START_OBJECT, name);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String region = json.currentName();
        json.nextToken();
        entry.read(region, json);
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(name + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void fields(String name, JsonParser json, Map<String, String> fields) {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      expect(json.nextToken() == JsonToken.VALUE_STRING, name);
      fields.put(field, json.getString());
    }
  }

  private static void expect(boolean met, String name) {
    if (!met) {
      throw new IllegalArgumentException(
          name + " is a JSON object with something for each region, all of it texts");
    }
  }
}
