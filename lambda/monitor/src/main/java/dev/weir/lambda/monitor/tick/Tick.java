// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.tick;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One tick of a shard: {@code {"region":"eu-west-1","shard":3,"minute":"2026-11-22T10:00:00Z"}}.
 *
 * @param minute the minute that it was scheduled for, at its first second. Seconds of a schedule
 *     that somebody made otherwise are cut off: each minute has one tick.
 */
record Tick(String region, int shard, Instant minute) {

  /**
   * From the tick's minute to the first moment that it plans: a schedule is precise to a minute.
   */
  static final Duration AHEAD = Duration.ofMinutes(1);

  /** What one tick plans. */
  static final Duration LENGTH = Duration.ofMinutes(1);

  private static final JsonFactory JSON = new JsonFactory();

  Tick {
    minute = minute.truncatedTo(ChronoUnit.MINUTES);
    if (region.isEmpty() || region.length() > 63 || shard < 0) {
      throw new IllegalArgumentException("a tick has a region and a shard from 0");
    }
  }

  /** The first moment that is planned. */
  Instant from() {
    return minute.plus(AHEAD);
  }

  /** The first moment that is left to the next tick. */
  Instant to() {
    return from().plus(LENGTH);
  }

  /** What the ids of its sites' documents begin with. */
  String prefix() {
    return TickDocuments.prefix(region, shard);
  }

  /** What it is claimed by. */
  String id() {
    return "tick/" + prefix() + minute;
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Tick read(String event) {
    String region = "";
    int shard = -1;
    Instant minute = null;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a tick is a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("region") && token == JsonToken.VALUE_STRING) {
          region = json.getString();
        } else if (name.equals("shard") && token == JsonToken.VALUE_NUMBER_INT) {
          shard = json.getIntValue();
        } else if (name.equals("minute") && token == JsonToken.VALUE_STRING) {
          minute = moment(json.getString());
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("a tick is no JSON: " + e.getOriginalMessage(), e);
    }
    return new Tick(region, shard, present(minute));
  }

  private static Instant present(@Nullable Instant minute) {
    if (minute == null) {
      throw new IllegalArgumentException("a tick has a region, a shard and a minute");
    }
    return minute;
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the minute of a tick is a moment such as 2026-11-22T10:00:00Z, not '%s'"
              .formatted(text.length() > 80 ? text.substring(0, 80) + "…" : text),
          e);
    }
  }
}
