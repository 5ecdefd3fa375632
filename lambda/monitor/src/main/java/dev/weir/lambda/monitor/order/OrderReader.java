// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.order;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads orders. A site that can't be read, such as one that a newer Weir wrote, costs the other
 * sites nothing. Fields that nobody knows are left out. Thread-safe.
 */
public final class OrderReader {

  /** The deepest field of a site is six deep; an order is three more. */
  private static final int DEPTH_MAX = 40;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private OrderReader() {}

  /**
   * What became of a text.
   *
   * @param order empty where none of its sites can be read
   * @param refused a sentence for each site that can't, with its name where it has one
   */
  public record Reading(Optional<CheckOrder> order, List<String> refused) {
    public Reading {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException saying what is wrong with the order as a whole
   */
  public static Reading read(String text) {
    checkSize(text);
    Parts parts = new Parts();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("an order is a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "id" -> parts.id = Optional.of(text(json, "id"));
          case "slot" -> parts.slot = moment(json, "slot");
          case "region" -> parts.region = text(json, "region");
          case "sites" -> sites(json, text, parts);
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something stands after the end of the order");
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("an order is no JSON: " + e.getOriginalMessage(), e);
    }
    return parts.reading();
  }

  private static void checkSize(String text) {
    if (text.length() > CheckOrder.BYTES_MAX
        || text.getBytes(StandardCharsets.UTF_8).length > CheckOrder.BYTES_MAX) {
      throw new IllegalArgumentException(
          "an order has at most %,d bytes".formatted(CheckOrder.BYTES_MAX));
    }
  }

  private static void sites(JsonParser json, String text, Parts parts) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("sites of an order is a list");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (parts.entries.size() == CheckOrder.SITES_MAX) {
        throw new IllegalArgumentException(
            "an order has at most %d sites".formatted(CheckOrder.SITES_MAX));
      }
      parts.entries.add(entry(json, text));
    }
  }

  /** Of an entry the text of its site, which only its own reader understands. */
  private record RawEntry(@Nullable String site, @Nullable Instant at, @Nullable String problem) {}

  private static RawEntry entry(JsonParser json, String text) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return new RawEntry(null, null, "is no object with a site");
    }
    String site = null;
    Instant at = null;
    String problem = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "site" -> site = raw(json, text);
        case "at" -> {
          try {
            at = moment(json, "at");
          } catch (IllegalArgumentException e) {
            problem = e.getMessage();
          }
        }
        default -> json.skipChildren();
      }
    }
    return new RawEntry(site, at, problem);
  }

  /** The current value as it stands in the text. */
  private static String raw(JsonParser json, String text) {
    int from = (int) json.currentTokenLocation().getCharOffset();
    json.skipChildren();
    json.finishToken();
    return text.substring(from, (int) json.currentLocation().getCharOffset());
  }

  private static String text(JsonParser json, String name) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      json.skipChildren();
      throw new IllegalArgumentException(name + " of an order is a text in quotes");
    }
    return json.getString();
  }

  private static Instant moment(JsonParser json, String name) {
    String text = text(json, name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s of an order is a moment such as 2026-11-22T10:00:00Z, not '%s'"
              .formatted(name, text.length() > 80 ? text.substring(0, 80) + "…" : text),
          e);
    }
  }

  /** What was found, in whatever order it stands. */
  private static final class Parts {

    private Optional<String> id = Optional.empty();
    private @Nullable Instant slot;
    private @Nullable String region;
    private final List<RawEntry> entries = new ArrayList<>();

    Reading reading() {
      if (slot == null || region == null || region.isEmpty() || entries.isEmpty()) {
        throw new IllegalArgumentException("an order has a slot, a region and sites");
      }
      SiteReader reader = new SiteReader(region);
      List<CheckOrder.Entry> read = new ArrayList<>();
      List<String> refused = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        RawEntry entry = entries.get(i);
        String where = "sites[" + i + "]";
        if (entry.problem != null || entry.site == null) {
          refused.add(where + ": " + (entry.problem == null ? "it has no site" : entry.problem));
          continue;
        }
        switch (reader.read(where, entry.site)) {
          case SiteReader.Reading.Sites sites when sites.sites().size() == 1 -> {
            Site site = sites.sites().getFirst();
            read.add(new CheckOrder.Entry(site, Optional.ofNullable(entry.at)));
          }
          case SiteReader.Reading.Sites _ -> refused.add(where + ": it is not one site");
          case SiteReader.Reading.Refused problems ->
              refused.add(problems.problems().getFirst().toString());
        }
      }
      return new Reading(
          read.isEmpty() ? Optional.empty() : Optional.of(new CheckOrder(id, slot, region, read)),
          refused);
    }
  }
}
