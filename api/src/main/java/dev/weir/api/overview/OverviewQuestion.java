// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.QueryParameters;
import dev.weir.api.site.SiteStates.State;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which sites a page of the overview is asked to hold.
 *
 * @param after the key of the last site of the page before; empty for the first page
 * @param words in lower case; what a site's name, id, endpoint or group has in it
 * @param site the key of the only one
 */
record OverviewQuestion(
    String after,
    int limit,
    Optional<String> customer,
    Optional<State> state,
    Optional<String> words,
    Optional<String> group,
    Optional<String> site) {

  /** Sites of one page where nothing is said. */
  static final int LIMIT_STANDARD = 500;

  /** Sites of one page: some two megabytes. */
  static final int LIMIT_MAX = 2_000;

  /** Characters of what is searched for: no endpoint is longer. */
  static final int WORDS_MAX = 2_048;

  private static final int KEY_MAX = 2 * SiteKey.LENGTH_MAX + 1;

  static OverviewQuestion of(ApiCall call) {
    QueryParameters query = call.query("after", "customer", "group", "limit", "q", "site", "state");
    return new OverviewQuestion(
        key(query, "after").orElse(""),
        query.whole("limit", LIMIT_STANDARD, 1, LIMIT_MAX),
        text(query, "customer", SiteKey.LENGTH_MAX),
        query.text("state").map(OverviewQuestion::state),
        text(query, "q", WORDS_MAX).map(words -> words.toLowerCase(Locale.ROOT)),
        // Counted in UTF-16, of which a character may have two.
        text(query, "group", 2 * Site.GROUP_LENGTH_MAX),
        key(query, "site"));
  }

  boolean takes(Published each) {
    Site shown = each.site();
    String key = shown.key().toString();
    return key.compareTo(after) > 0
        && (state.isEmpty() || state.get() == each.state())
        && (customer.isEmpty() || customer.get().equals(shown.key().customer()))
        && (group.isEmpty() || group.get().equals(shown.group()))
        && (site.isEmpty() || site.get().equals(key))
        && (words.isEmpty() || each.words().contains(words.get()));
  }

  private static State state(String word) {
    return Arrays.stream(State.values())
        .filter(state -> state.spelling().equals(word))
        .findFirst()
        .orElseThrow(() ->
            QueryParameters.refusal(
                "state is one of %s, not '%s'"
                    .formatted(
                        Arrays.stream(State.values()).map(State::spelling).toList(),
                        QueryParameters.shown(word))));
  }

  private static Optional<String> key(QueryParameters query, String name) {
    Optional<String> key = query.text(name);
    if (key.isPresent() && !key.get().matches("[A-Za-z0-9._/-]{1,%d}".formatted(KEY_MAX))) {
      throw QueryParameters.refusal(
          "%s is a customer and an id, as in default/shop, not '%s'"
              .formatted(name, QueryParameters.shown(key.get())));
    }
    return key;
  }

  private static Optional<String> text(QueryParameters query, String name, int most) {
    Optional<String> text = query.text(name);
    if (text.isPresent() && text.get().length() > most) {
      throw QueryParameters.refusal(
          "%s has at most %d characters, not %d".formatted(name, most, text.get().length()));
    }
    return text;
  }
}
