// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * States and notices as flat JSON: as documents, and as a webhook receives them. Times are ISO-8601
 * in UTC.
 */
final class NoticeText {

  private static final JsonFactory JSON = new JsonFactory();

  private NoticeText() {}

  /** Of a notice: the body of a webhook, and its document while it waits. */
  static String of(Notice notice) {
    return object(json -> {
      json.writeStringProperty("id", notice.id());
      json.writeStringProperty("kind", notice.kind().spelling());
      json.writeStringProperty("moment", notice.moment().toString());

      incident(json, notice.incident());
    });
  }

  static Notice notice(String text) {
    Map<String, String> fields = fields(text);
    return new Notice(
        Notice.Kind.valueOf(field(fields, "kind").toUpperCase(Locale.ROOT)),
        incident(fields),
        Instant.parse(field(fields, "moment")));
  }

  static String of(SiteState state) {
    return object(json -> {
      json.writeStringProperty("in_a_row", Integer.toString(state.inARow()));
      moment(json, "since", state.since());
      moment(json, "told", state.told());
      moment(json, "taken", state.taken());
      if (state.open() != null) {
        incident(json, state.open());
      }
    });
  }

  static SiteState state(String text) {
    Map<String, String> fields = fields(text);
    return new SiteState(
        Integer.parseInt(field(fields, "in_a_row")),
        moment(fields, "since"),
        fields.containsKey("site") ? incident(fields) : null,
        moment(fields, "told"),
        moment(fields, "taken")); // older states have none
  }

  static String object(Consumer<JsonGenerator> properties) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      properties.accept(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void incident(JsonGenerator json, Incident incident) {
    json.writeStringProperty("customer", incident.site().customer());
    json.writeStringProperty("site", incident.site().id());
    json.writeStringProperty("endpoint", incident.endpoint());
    json.writeStringProperty("region", incident.region());

    json.writeStringProperty("start", incident.start().toString());
    moment(json, "end", incident.end());
    json.writeStringProperty("error_class", incident.cause().errorClass().spelling());
    json.writeStringProperty("error", incident.cause().sentence());
    if (incident.cause().expectation() != null) {
      json.writeStringProperty("failed_expectation", incident.cause().expectation());
    }
  }

  private static Incident incident(Map<String, String> fields) {
    return new Incident(
        new SiteKey(field(fields, "customer"), field(fields, "site")),
        field(fields, "endpoint"),
        field(fields, "region"),
        Instant.parse(field(fields, "start")),
        moment(fields, "end"),
        new Failure(
            ErrorClass.valueOf(field(fields, "error_class").toUpperCase(Locale.ROOT)),
            field(fields, "error"),
            fields.get("failed_expectation")));
  }

  private static void moment(JsonGenerator json, String name, @Nullable Instant moment) {
    if (moment != null) {
      json.writeStringProperty(name, moment.toString());
    }
  }

  private static @Nullable Instant moment(Map<String, String> fields, String name) {
    String text = fields.get(name);
    return text == null ? null : Instant.parse(text);
  }

  private static String field(Map<String, String> fields, String name) {
    String text = fields.get(name);
    if (text == null) {
      throw new IllegalArgumentException("the document has no " + name);
    }
    return text;
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getString());
      }
    }
    return fields;
  }
}
