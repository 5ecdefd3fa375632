// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.report;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.record.QueuedPoints;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reports as JSON, one to a message:
 *
 * <pre>{@code
 * {"slot":"…","region":"…","started":"…","site":{…},"points":"base64 of QueuedPoints",
 *  "run":{"up":false,"doubtful":false,"error_class":"status","error":"…","expectation":"…"}}
 * }</pre>
 *
 * and of a missed slot {@code "run":null,"missed":{"reason":"overlap","slots":1}}.
 */
public final class ReportText {

  /** Of a report as UTF-8, which is what a message may have. */
  public static final int BYTES_MAX = 256 << 10;

  private static final int DEPTH_MAX = 40;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private ReportText() {}

  /** The same report is always the same text. */
  public static String write(SlotReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("slot", report.slot().intendedStart().toString());
      json.writeStringProperty("region", report.slot().region());
      json.writeStringProperty("started", report.started().toString());
      json.writeName("site");
      json.writeRawValue(SiteWriter.write(report.slot().site()));
      json.writeStringProperty(
          "points", Base64.getEncoder().encodeToString(report.points().encode()));
      SlotReport.Outcome outcome = report.outcome();
      if (outcome == null) {
        json.writeNullProperty("run");
      } else {
        outcome(json, outcome);
      }
      Miss miss = report.miss();
      if (miss != null) {
        json.writeObjectPropertyStart("missed");
        json.writeStringProperty("reason", miss.reason().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("slots", miss.slots());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void outcome(JsonGenerator json, SlotReport.Outcome outcome) {
    json.writeObjectPropertyStart("run");
    json.writeBooleanProperty("up", outcome.up());
    json.writeBooleanProperty("doubtful", outcome.doubtful());
    Failure failure = outcome.failure();
    if (failure != null) {
      json.writeStringProperty("error_class", failure.errorClass().spelling());
      json.writeStringProperty("error", failure.sentence());
      if (failure.expectation() != null) {
        json.writeStringProperty("expectation", failure.expectation());
      }
    }
    json.writeEndObject();
  }

  /**
   * Reads a report.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static SlotReport read(String text) {
    if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a report of a slot has at most %,d bytes".formatted(BYTES_MAX));
    }
    try {
      return report(fields(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "a report of a slot is no JSON: " + e.getOriginalMessage(), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("a report of a slot can't be read: " + e.getMessage(), e);
    }
  }

  private static SlotReport report(Map<String, String> fields) {
    String region = field(fields, "region");
    Instant slot = Instant.parse(field(fields, "slot"));
    String points = field(fields, "points");
    return new SlotReport(
        new Slot(site(field(fields, "site"), region), region, slot),
        Instant.parse(field(fields, "started")),
        QueuedPoints.decode(Base64.getDecoder().decode(points)),
        outcome(fields),
        miss(fields));
  }

  private static Site site(String text, String region) {
    return switch (new SiteReader(region).read("site", text)) {
      case SiteReader.Reading.Sites sites when sites.sites().size() == 1 ->
          sites.sites().getFirst();
      case SiteReader.Reading.Sites _ -> throw new IllegalArgumentException("it is not one site");
      case SiteReader.Reading.Refused refused ->
          throw new IllegalArgumentException(refused.problems().getFirst().toString());
    };
  }

  private static SlotReport.@Nullable Outcome outcome(Map<String, String> fields) {
    if (!fields.containsKey("run.up")) {
      return null;
    }
    boolean up = truth(fields, "run.up");
    boolean doubtful = truth(fields, "run.doubtful");
    if (up) {
      return new SlotReport.Outcome(null, doubtful);
    }
    ErrorClass errorClass =
        ErrorClass.valueOf(field(fields, "run.error_class").toUpperCase(Locale.ROOT));
    return new SlotReport.Outcome(
        new Failure(errorClass, field(fields, "run.error"), fields.get("run.expectation")),
        doubtful);
  }

  private static @Nullable Miss miss(Map<String, String> fields) {
    if (!fields.containsKey("missed.reason")) {
      return null;
    }
    return new Miss(
        Miss.Reason.valueOf(field(fields, "missed.reason").toUpperCase(Locale.ROOT)),
        Long.parseLong(field(fields, "missed.slots")));
  }

  private static boolean truth(Map<String, String> fields, String name) {
    String text = field(fields, name);
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(name + " is true or false, not " + text);
    }
    return text.equals("true");
  }

  private static String field(Map<String, String> fields, String name) {
    String text = fields.get(name);
    if (text == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return text;
  }

  /** Texts by name, those of run and missed as {@code run.up}; a site as it stands. */
  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_OBJECT && name.equals("site")) {
          int from = (int) json.currentTokenLocation().getCharOffset();
          json.skipChildren();
          fields.put(name, text.substring(from, (int) json.currentLocation().getCharOffset()));
        } else if (token == JsonToken.START_OBJECT) {
          inner(json, name, fields);
        } else {
          scalar(json, name, fields);
        }
      }
    }
    return fields;
  }

  private static void inner(JsonParser json, String of, Map<String, String> fields) {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = of + "." + json.currentName();
      json.nextToken();
      scalar(json, name, fields);
    }
  }

  private static void scalar(JsonParser json, String name, Map<String, String> fields) {
    if (json.currentToken().isStructStart()) {
      json.skipChildren();
    } else if (json.currentToken() != JsonToken.VALUE_NULL) {
      fields.put(name, json.getString());
    }
  }
}
