// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a Prometheus in PromQL. */
final class PromQl {
  private static final JsonMapper JSON = new JsonMapper();

  private final Web web;

  PromQl(Web web) {
    this.web = web;
  }

  /**
   * Series by their label sets, each with the values by time; both times and values in the text
   * form of the answer, which is exact. Scalars have the label set {}.
   */
  Map<String, Map<String, String>> instant(String query, long timeMillis) {
    return ask("/api/v1/query", Map.of("query", query, "time", seconds(timeMillis)));
  }

  /** As instant; one second of step. */
  Map<String, Map<String, String>> range(String query, long startMillis, long endMillis) {
    return ask(
        "/api/v1/query_range",
        Map.of(
            "query", query, "start", seconds(startMillis), "end", seconds(endMillis), "step", "1"));
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%d.%03d", millis / 1_000, millis % 1_000);
  }

  private Map<String, Map<String, String>> ask(String path, Map<String, String> form) {
    HttpResponse<String> response = web.post(path, form);
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200 || answer.has("warnings")) {
      throw new AssertionError(form + ": " + response.statusCode() + " " + response.body());
    }
    Map<String, Map<String, String>> series = new TreeMap<>();
    JsonNode result = answer.path("data").path("result");
    if (answer.path("data").path("resultType").asString().equals("scalar")) {
      series.put("{}", Map.of(result.get(0).toString(), result.get(1).asString()));
      return series;
    }
    for (JsonNode one : result) {
      Map<String, String> values = new TreeMap<>();
      one.path("values").forEach(value -> put(values, value));
      if (one.has("value")) {
        put(values, one.get("value"));
      }
      if (series.put(labels(one.path("metric")), values) != null) {
        throw new AssertionError(form + ": one label set twice: " + one.path("metric"));
      }
    }
    return series;
  }

  private static void put(Map<String, String> values, JsonNode pair) {
    values.put(pair.get(0).toString(), pair.get(1).asString());
  }

  private static String labels(JsonNode metric) {
    Map<String, String> sorted = new TreeMap<>();
    metric.properties().forEach(label -> sorted.put(label.getKey(), label.getValue().asString()));
    return sorted.toString();
  }
}
