// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.rollup.LatencyHistogram;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Items as JSON. Numbers have the digits that a page can show. */
final class ItemJson {

  /** Characters of an error: a page has room for some lines of it. */
  static final int ERROR_LENGTH_MAX = 500;

  private static final JsonFactory JSON = new JsonFactory();
  private static final int ITEM_BYTES = 1_200;
  private static final double MILLIS_PER_SECOND = 1e3;

  private ItemJson() {}

  static byte[] write(OverviewItem item) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ITEM_BYTES);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      definition(json, item);
      runs(json, item.marks());
      json.writeObjectPropertyStart("uptime");
      share(json, "day", item.day());
      share(json, "week", item.week());
      share(json, "month", item.month());
      json.writeEndObject();
      percentile(json, "p50_ms", item.latency(), 0.5);
      percentile(json, "p95_ms", item.latency(), 0.95);
      json.writeArrayPropertyStart("hourly_ms");
      for (double mean : item.hourlyMillis()) {
        number(json, tenths(mean));
      }
      json.writeEndArray();
      whole(json, "certificate_days", item.certificateDays());
      json.writeStringProperty("error", shortened(item.error()));
      json.writeStringProperty("error_class", item.errorClass());
      whole(json, "since_ms", item.sinceMillis());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void definition(JsonGenerator json, OverviewItem item) {
    Site site = item.site();
    json.writeStringProperty("id", site.key().id());
    json.writeStringProperty("customer", site.key().customer());
    json.writeStringProperty("name", site.name());
    json.writeStringProperty("group", site.group());
    json.writeStringProperty("endpoint", site.endpoint());
    json.writeStringProperty("state", item.state().spelling());
    json.writeName("interval_s");
    number(json, site.interval().toMillis() / MILLIS_PER_SECOND);
    json.writeArrayPropertyStart("regions");
    site.regions().forEach(json::writeString);
    json.writeEndArray();
  }

  private static void runs(JsonGenerator json, List<RunMark> marks) {
    if (marks.isEmpty()) {
      json.writeNullProperty("runs");
      return;
    }
    json.writeObjectPropertyStart("runs");
    StringBuilder letters = new StringBuilder(marks.size());
    marks.forEach(mark -> letters.append(mark.letter()));
    json.writeStringProperty("letters", letters.toString());
    json.writeNumberProperty("last_ms", marks.getLast().slotMillis());
    json.writeArrayPropertyStart("gaps_s");
    for (int i = 1; i < marks.size(); i++) {
      long millis = marks.get(i).slotMillis() - marks.get(i - 1).slotMillis();
      number(json, millis / MILLIS_PER_SECOND);
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("latency_ms");
    marks.forEach(mark -> number(json, tenths(mark.latencyMillis())));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void share(JsonGenerator json, String name, @Nullable Double share) {
    json.writeName(name);
    // Down, so that what failed once in a million runs is not shown as all.
    number(json, share == null ? Double.NaN : Math.floor(share * 1e6) / 1e6);
  }

  private static void percentile(
      JsonGenerator json, String name, LatencyHistogram latency, double share) {
    OptionalDouble seconds = latency.percentile(share);
    json.writeName(name);
    number(json, tenths(seconds.orElse(Double.NaN) * MILLIS_PER_SECOND));
  }

  private static void whole(JsonGenerator json, String name, @Nullable Long value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }

  /** Null for NaN; without a fraction where there is none. */
  private static void number(JsonGenerator json, double value) {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else if (value == Math.rint(value)) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }

  private static double tenths(double value) {
    return Double.isNaN(value) ? value : Math.round(value * 10) / 10.0;
  }

  private static @Nullable String shortened(@Nullable String error) {
    if (error == null || error.length() <= ERROR_LENGTH_MAX) {
      return error;
    }
    int end = ERROR_LENGTH_MAX - 1;
    return error.substring(0, Character.isHighSurrogate(error.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
