// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.monitor.rollup.HourlySums;
import dev.weir.monitor.rollup.SiteHour;
import java.util.Comparator;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Hours as they were made, as JSON in the order of hour and region. */
final class Rollups {

  private static final Comparator<Map.Entry<SiteHour, HourlySums>> ORDER =
      Map.Entry.comparingByKey(
          Comparator.comparing(SiteHour::hour).thenComparing(SiteHour::region));

  private Rollups() {}

  static void write(JsonGenerator json, Map<SiteHour, HourlySums> hours) {
    json.writeStartObject();
    json.writeArrayPropertyStart("items");
    hours.entrySet().stream()
        .sorted(ORDER)
        .forEach(each -> write(json, each.getKey(), each.getValue()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, SiteHour hour, HourlySums sums) {
    json.writeStartObject();
    json.writeNumberProperty("hour_ms", hour.hour().toEpochMilli());
    json.writeStringProperty("region", hour.region());
    json.writeNumberProperty("runs", sums.runs());
    json.writeNumberProperty("up", sums.up());
    json.writeNumberProperty("failed", sums.failed());
    json.writeNumberProperty("missed", sums.missed());
    json.writeNumberProperty("doubtful", sums.doubtful());
    Numbers.seconds(json, "latency_mean_s", SeriesOfHours.mean(sums));
    Numbers.seconds(json, "latency_p50_s", SeriesOfHours.percentile(sums, 0.5));
    Numbers.seconds(json, "latency_p95_s", SeriesOfHours.percentile(sums, 0.95));
    Numbers.seconds(json, "lag_max_s", sums.runs() == 0 ? null : sums.lagMaxSeconds());
    json.writeEndObject();
  }
}
