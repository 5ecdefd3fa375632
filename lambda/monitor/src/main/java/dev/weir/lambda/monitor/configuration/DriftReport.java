// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a comparison found, and what was mended.
 *
 * @param sites that the table has and can be read
 * @param drift what was not as the table wants it
 * @param refused sites that can't be as they stand: whatever runs them was left alone
 * @param failed what could not be compared or mended now
 * @param foreign schedules in Weir's places that are not Weir's; they were left alone
 * @param mended how much of the drift was mended
 * @param calls of AWS, by operation
 */
record DriftReport(
    boolean dryRun,
    int sites,
    List<Drift> drift,
    List<Trouble> refused,
    List<Trouble> failed,
    int foreign,
    int mended,
    Map<String, Long> calls) {

  /** Entries of each list in the JSON: Lambda's answers have 6 MB. */
  static final int LISTED_MAX = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  /** A site or a region, and what is wrong with it. */
  record Trouble(String what, String reason) {}

  public DriftReport {
    drift = List.copyOf(drift);
    refused = List.copyOf(refused);
    failed = List.copyOf(failed);
    calls = Map.copyOf(calls);
  }

  /** On one line; of each list the first {@value #LISTED_MAX}, and how many there are. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeBooleanProperty("dryRun", dryRun);
      json.writeNumberProperty("sites", sites);
      json.writeObjectPropertyStart("counts");
      for (Drift.Kind kind : Drift.Kind.values()) {
        json.writeNumberProperty(name(kind), of(kind).size());
      }
      json.writeNumberProperty("refused", refused.size());
      json.writeNumberProperty("failed", failed.size());
      json.writeNumberProperty("foreign", foreign);
      json.writeNumberProperty("mended", mended);
      json.writeEndObject();
      for (Drift.Kind kind : Drift.Kind.values()) {
        json.writeArrayPropertyStart(name(kind));
        of(kind).stream().limit(LISTED_MAX).forEach(each -> write(json, each));
        json.writeEndArray();
      }
      troubles(json, "refused", refused);
      troubles(json, "failed", failed);
      json.writeObjectPropertyStart("calls");
      calls.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(each -> json.writeNumberProperty(each.getKey(), each.getValue()));
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static String name(Drift.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  List<Drift> of(Drift.Kind kind) {
    return drift.stream().filter(each -> each.kind() == kind).toList();
  }

  private static void write(JsonGenerator json, Drift drift) {
    json.writeStartObject();
    json.writeStringProperty("what", drift.what());
    json.writeStringProperty("region", drift.region());
    if (!drift.customer().isEmpty()) {
      json.writeStringProperty("customer", drift.customer());
    }
    json.writeStringProperty(drift.what().equals("tick") ? "shard" : "site", drift.site());
    json.writeEndObject();
  }

  private static void troubles(JsonGenerator json, String name, List<Trouble> troubles) {
    json.writeArrayPropertyStart(name);
    for (Trouble trouble : troubles.stream().limit(LISTED_MAX).toList()) {
      json.writeStartObject();
      json.writeStringProperty("what", trouble.what());
      json.writeStringProperty("reason", trouble.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
