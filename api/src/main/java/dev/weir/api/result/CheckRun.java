// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.result.RunPages.Outcome;
import dev.weir.monitor.rollup.QueryRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One run, or one missed slot, as its record has it; docs/data-model.md says what each figure is.
 *
 * @param nanos of its slot, since the epoch
 * @param seconds figures in seconds, by the name that JSON has for them
 * @param phases in seconds, by name
 */
record CheckRun(
    long nanos,
    String region,
    Outcome outcome,
    Map<String, @Nullable Double> seconds,
    Map<String, @Nullable Double> phases,
    @Nullable Long status,
    @Nullable String errorClass,
    @Nullable String error,
    @Nullable String failedExpectation,
    long requests,
    long failedRequests,
    long attempts,
    @Nullable Double scheduleLag,
    @Nullable Long certificateDays,
    @Nullable String address,
    @Nullable Long contentBytes) {

  static final List<String> PHASES = List.of("dns", "connect", "tls", "send", "wait", "body");

  private static final List<String> LATENCIES =
      List.of("latency", "latency_min", "latency_max", "latency_p50", "latency_p95");

  static CheckRun of(QueryRows.Row row) {
    Map<String, @Nullable Double> seconds = new LinkedHashMap<>();
    LATENCIES.forEach(column -> seconds.put(column + "_s", row.numberOrNull(column)));
    Map<String, @Nullable Double> phases = new LinkedHashMap<>();
    PHASES.forEach(phase -> phases.put(phase, row.numberOrNull("phase_" + phase)));
    String errorClass = row.textOrNull("error_class");
    return new CheckRun(
        StoredRows.count(row, "time"),
        row.text("region"),
        outcome(row),
        seconds,
        phases,
        row.wholeOrNull("status_code"),
        "none".equals(errorClass) ? null : errorClass,
        row.textOrNull("error_message"),
        row.textOrNull("failed_expectation"),
        StoredRows.count(row, "requests"),
        StoredRows.count(row, "failed_requests"),
        StoredRows.count(row, "attempts"),
        row.numberOrNull("schedule_lag"),
        row.wholeOrNull("certificate_days"),
        row.textOrNull("address"),
        row.wholeOrNull("content_bytes"));
  }

  RunPages.Place place() {
    return new RunPages.Place(nanos, region);
  }

  void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("at_ms", Math.floorDiv(nanos, 1_000_000L));
    json.writeStringProperty("region", region);
    json.writeStringProperty("outcome", outcome.spelling());
    seconds.forEach((name, value) -> Numbers.seconds(json, name, value));
    Numbers.whole(json, "status", status);
    json.writeStringProperty("error_class", errorClass);
    json.writeStringProperty("error", error);
    json.writeStringProperty("failed_expectation", failedExpectation);
    json.writeObjectPropertyStart("phases_s");
    phases.forEach((name, value) -> Numbers.seconds(json, name, value));
    json.writeEndObject();
    json.writeNumberProperty("requests", requests);
    json.writeNumberProperty("failed_requests", failedRequests);
    json.writeNumberProperty("attempts", attempts);
    Numbers.seconds(json, "schedule_lag_s", scheduleLag);
    Numbers.whole(json, "certificate_days", certificateDays);
    json.writeStringProperty("address", address);
    Numbers.whole(json, "content_bytes", contentBytes);
    json.writeEndObject();
  }

  private static Outcome outcome(QueryRows.Row row) {
    if (StoredRows.count(row, "requests") == 0) {
      return Outcome.MISSED;
    }
    if (row.isTrue("endpoint_up")) {
      return Outcome.UP;
    }
    return row.isTrue("doubtful") ? Outcome.DOUBTFUL : Outcome.DOWN;
  }
}
