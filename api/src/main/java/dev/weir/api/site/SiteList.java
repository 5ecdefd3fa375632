// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.QueryParameters;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.SitePage;
import dev.weir.monitor.site.StoredSite;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Lists sites page by page, and shows one. */
final class SiteList {

  static final int LIMIT_STANDARD = 100;

  /**
   * Sites of the caller's that are looked at for one page when only some states are asked for: then
   * a page may be short, or empty, and have a next one.
   */
  static final int LOOKED_AT_MAX = 10_000;

  /** Characters of definitions in one page; another begins behind the site that passes them. */
  static final int DEFINITIONS_MAX = 4 << 20;

  private final SiteBook book;
  private final SiteStates states;
  private final InstantSource clock;

  SiteList(SiteBook book, SiteStates states, InstantSource clock) {
    this.book = book;
    this.states = states;
    this.clock = clock;
  }

  /** One line of the list. */
  private record Item(StoredSite stored, SiteStates.State state, @Nullable String definition) {}

  /** One page. */
  private record Page(List<Item> items, Optional<String> next) {}

  /**
   * What a page is asked to hold.
   *
   * @param customer null for all
   * @param seen whether sites of a customer are there for the caller
   */
  record Question(
      @Nullable String customer,
      Predicate<String> seen,
      Optional<SiteStates.State> state,
      @Nullable String after,
      int limit,
      boolean definitions) {}

  Response page(Question question) {
    Page page = read(question);
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("items");
          page.items().forEach(item -> write(json, item));
          json.writeEndArray();
          json.writeStringProperty("next", page.next().orElse(null));
          json.writeEndObject();
        });
  }

  Response one(StoredSite stored) {
    Item item = item(stored, clock.instant(), true);
    return JsonAnswer.of(200, json -> write(json, item));
  }

  static Optional<SiteStates.State> state(Optional<String> word) {
    return word.map(text ->
        Arrays.stream(SiteStates.State.values())
            .filter(state -> state.spelling().equals(text))
            .findFirst()
            .orElseThrow(() ->
                QueryParameters.refusal(
                    "state is one of %s, not '%s'"
                        .formatted(
                            Arrays.stream(SiteStates.State.values())
                                .map(SiteStates.State::spelling)
                                .toList(),
                            QueryParameters.shown(text)))));
  }

  private Page read(Question question) {
    Instant now = clock.instant();
    List<Item> items = new ArrayList<>();
    String after = question.after();
    long characters = 0;
    int lookedAt = 0;
    // Ends at sites that the caller sees alone: the key of another would tell of it.
    String ownLast = null;
    while (true) {
      String behindOthers = "";
      SitePage page = book.list(question.customer(), after, question.limit());
      for (StoredSite stored : page.sites()) {
        String customer = stored.site().key().customer();
        if (!question.seen().test(customer)) {
          // '0' is the character behind '/': all of the customer's sites are leapt over.
          behindOthers = customer + "0";
          continue;
        }
        ownLast = stored.site().key().toString();
        lookedAt++;
        Item item = item(stored, now, question.definitions());
        if (question.state().isEmpty() || question.state().get() == item.state()) {
          items.add(item);
          characters += item.definition() == null ? 0 : item.definition().length();
        }
        if (items.size() == question.limit() || characters >= DEFINITIONS_MAX) {
          return new Page(items, Optional.of(ownLast));
        }
      }
      if (page.next().isEmpty()) {
        return new Page(items, Optional.empty());
      }
      if (ownLast != null && lookedAt >= LOOKED_AT_MAX) {
        return new Page(items, Optional.of(ownLast));
      }
      after = page.next().get();
      if (behindOthers.compareTo(after) > 0) {
        after = behindOthers;
      }
    }
  }

  private Item item(StoredSite stored, Instant now, boolean definition) {
    Site site = stored.site();
    return new Item(stored, states.of(site, now), definition ? SiteWriter.write(site) : null);
  }

  private static void write(JsonGenerator json, Item item) {
    Site site = item.stored().site();
    json.writeStartObject();
    PlanAnswer.key(json, site.key());
    json.writeStringProperty("endpoint", site.endpoint());
    json.writeStringProperty("name", site.name());
    json.writeStringProperty("group", site.group());
    json.writeStringProperty("state", item.state().spelling());
    json.writeNumberProperty("interval_s", site.interval().toSeconds());
    json.writeArrayPropertyStart("regions");
    site.regions().forEach(json::writeString);
    json.writeEndArray();
    json.writeNumberProperty("version", item.stored().version());
    if (item.definition() != null) {
      json.writeName("definition");
      json.writeRawValue(item.definition());
    }
    json.writeEndObject();
  }
}
