// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.document.SiteItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An event of a stream of DynamoDB (Lambda developer guide, "Using AWS Lambda with Amazon
 * DynamoDB"). A record that can't be read costs the others nothing.
 *
 * @param records those that can be read, in the stream's order
 * @param malformed what is wrong with the others
 */
record StreamEvent(List<StreamRecord> records, List<Malformed> malformed) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * A record that is no change of a table of sites.
   *
   * @param sequence empty where it names none: then it can't be reported by itself
   */
  record Malformed(String sequence, String reason) {}

  public StreamEvent {
    records = List.copyOf(records);
    malformed = List.copyOf(malformed);
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException for what is no event of a stream at all
   */
  public static StreamEvent read(byte[] event) {
    List<StreamRecord> records = new ArrayList<>();
    List<Malformed> malformed = new ArrayList<>();
    boolean found = false;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("an event of a stream is a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (!name.equals("Records")) {
          json.skipChildren();
        } else if (value == JsonToken.START_ARRAY) {
          found = true;
          records(json, records, malformed);
        } else {
          throw new IllegalArgumentException("Records of an event of a stream is a list");
        }
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("an event is no JSON: " + e.getOriginalMessage(), e);
    }
    if (!found) {
      throw new IllegalArgumentException("an event of a stream has Records");
    }
    return new StreamEvent(records, malformed);
  }

  private static void records(
      JsonParser json, List<StreamRecord> records, List<Malformed> malformed) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Parts parts = new Parts();
      if (json.currentToken() == JsonToken.START_OBJECT) {
        parts.read(json);
      } else {
        json.skipChildren();
        parts.fault = "it is no object";
      }
      String fault = parts.problem();
      if (fault == null) {
        records.add(parts.record());
      } else {
        malformed.add(new Malformed(parts.sequence, fault));
      }
    }
  }

  /** What was found of one record; the first thing that is wrong is kept. */
  private static final class Parts {

    private String sequence = "";
    private String eventName = "";
    private String source = "";
    private @Nullable String siteId;
    private @Nullable Map<String, AttributeValue> before;
    private @Nullable Map<String, AttributeValue> after;
    private @Nullable String fault;

    void read(JsonParser json) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "eventName" -> eventName = text(json);
          case "eventSource" -> source = text(json);
          case "dynamodb" -> change(json);
          default -> json.skipChildren();
        }
      }
    }

    private void change(JsonParser json) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        return;
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "SequenceNumber" -> sequence = text(json);
          case "Keys" -> {
            Map<String, AttributeValue> keys = item(json, name);
            siteId =
                keys == null || keys.get(SiteItem.SITE_ID) == null
                    ? null
                    : keys.get(SiteItem.SITE_ID).s();
          }
          case "OldImage" -> before = item(json, name);
          case "NewImage" -> after = item(json, name);
          default -> json.skipChildren();
        }
      }
    }

    private static String text(JsonParser json) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        return json.getString();
      }
      json.skipChildren();
      return "";
    }

    /** Null for what is no item; the parser stands at its end all the same. */
    private @Nullable Map<String, AttributeValue> item(JsonParser json, String what) {
      int depth = json.streamReadContext().getNestingDepth();
      boolean nested = json.currentToken().isStructStart();
      try {
        return AttributeReader.item(json);
      } catch (IllegalArgumentException e) {
        if (fault == null) {
          fault = what + " is no item: " + e.getMessage();
        }
        leave(json, nested ? depth - 1 : depth);
        return null;
      }
    }

    private static void leave(JsonParser json, int depth) {
      while (json.streamReadContext().getNestingDepth() > depth) {
        json.nextToken();
      }
    }

    @Nullable String problem() {
      if (fault != null) {
        return fault;
      }
      if (!source.equals("aws:dynamodb")) {
        return "it is of '%s', not of aws:dynamodb".formatted(source);
      }
      if (sequence.isEmpty()) {
        return "it has no SequenceNumber";
      }
      if (siteId == null) {
        return "its Keys have no SiteId that is a text";
      }
      return switch (eventName) {
        case "INSERT", "MODIFY", "REMOVE" -> null;
        default -> "its eventName is '%s', not INSERT, MODIFY or REMOVE".formatted(eventName);
      };
    }

    StreamRecord record() {
      boolean imaged =
          (after != null || eventName.equals("REMOVE"))
              && (before != null || eventName.equals("INSERT"));
      return new StreamRecord(
          sequence,
          String.valueOf(siteId),
          Optional.ofNullable(before),
          Optional.ofNullable(after),
          imaged);
    }
  }
}
