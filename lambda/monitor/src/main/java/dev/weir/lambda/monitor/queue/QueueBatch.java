// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The messages of a queue that Lambda brings with one invocation. */
public record QueueBatch(List<Delivery> deliveries) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * One message.
   *
   * @param id the queue's own, by which it is reported as failed
   * @param body empty where it has none
   */
  public record Delivery(String id, String body) {}

  public QueueBatch {
    deliveries = List.copyOf(deliveries);
  }

  /**
   * Reads an event.
   *
   * @return empty where the event is a JSON object of another kind, without {@code Records}
   * @throws IllegalArgumentException for one that is no JSON object, or has a message without an
   *     id, which nobody could report
   */
  public static Optional<QueueBatch> read(String event) {
    List<Delivery> deliveries = null;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("an event is a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        boolean records = json.currentName().equals("Records");
        if (json.nextToken() == JsonToken.START_ARRAY && records) {
          deliveries = new ArrayList<>();
          while (json.nextToken() != JsonToken.END_ARRAY) {
            deliveries.add(delivery(json));
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("an event is no JSON: " + e.getOriginalMessage(), e);
    }
    return Optional.ofNullable(deliveries).map(QueueBatch::new);
  }

  private static Delivery delivery(JsonParser json) {
    String id = "";
    String body = "";
    if (json.currentToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          json.skipChildren();
        } else if (name.equals("messageId")) {
          id = json.getString();
        } else if (name.equals("body")) {
          body = json.getString();
        }
      }
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a record of the event is no message with a messageId");
    }
    return new Delivery(id, body);
  }
}
