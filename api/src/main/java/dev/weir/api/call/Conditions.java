// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On which versions of a thing a call is meant ({@code If-Match}, {@code If-None-Match}; RFC 9110,
 * 13). An entity tag is the version in quotes: {@code "7"}.
 */
public final class Conditions {

  /** In place of a version: the thing is not there. */
  public static final long ABSENT = 0;

  /** Characters of a condition; nobody names that many versions. */
  static final int LENGTH_MAX = 1_000;

  private static final String ANY = "*";
  private static final String WEAK = "W/";

  /** Without the mark of weak ones; empty where nothing was asked. */
  private final Optional<List<String>> match;

  private final Optional<List<String>> noneMatch;

  private Conditions(Optional<List<String>> match, Optional<List<String>> noneMatch) {
    this.match = match;
    this.noneMatch = noneMatch;
  }

  /** Those of a call; what can't be read is a refusal. */
  public static Conditions of(Headers headers) {
    return new Conditions(tags(headers, "If-Match", false), tags(headers, "If-None-Match", true));
  }

  /** The entity tag of a version. */
  public static String tag(long version) {
    return "\"" + version + "\"";
  }

  /** Whether a reader has this version already: then the answer is 304. */
  public boolean isKnown(long version) {
    return noneMatch.map(tags -> holds(tags, version)).orElse(false);
  }

  /**
   * The answer to a change that is not meant for what is there; empty where it may be made.
   *
   * @param version of what is there, or {@link #ABSENT}
   */
  public Optional<Response> refusal(long version) {
    if (match.isPresent() && !holds(match.get(), version)) {
      return Optional.of(
          version == ABSENT
              ? Problem.changedMeanwhile("it is not there any more; nothing was changed")
              : changed(version, "another has changed it meanwhile"));
    }
    if (noneMatch.isPresent() && holds(noneMatch.get(), version)) {
      return Optional.of(changed(version, "it is there already"));
    }
    return Optional.empty();
  }

  private static Response changed(long version, String what) {
    return Problem.changedMeanwhile(
            "%s, now at version %d; nothing was changed".formatted(what, version))
        .with("ETag", tag(version));
  }

  private static boolean holds(List<String> tags, long version) {
    return version != ABSENT && (tags.contains(ANY) || tags.contains(tag(version)));
  }

  /**
   * @param weak whether a weak tag is as good: it is for reading, and never for changing
   */
  private static Optional<List<String>> tags(Headers headers, String field, boolean weak) {
    List<String> values = headers.all(field);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<String> tags = new ArrayList<>();
    for (String value : values) {
      if (value.length() > LENGTH_MAX) {
        throw QueryParameters.refusal(
            "%s has %d characters, at most %d".formatted(field, value.length(), LENGTH_MAX));
      }
      for (String each : value.split(",", -1)) {
        String tag = each.strip();
        boolean isWeak = tag.startsWith(WEAK);
        String strong = isWeak ? tag.substring(WEAK.length()) : tag;
        if (!strong.matches("\"[^\"]*\"") && !(tag.equals(ANY) && value.strip().equals(ANY))) {
          throw QueryParameters.refusal(
              "%s is * or versions in quotes, such as \"7\", not '%s'"
                  .formatted(field, QueryParameters.shown(value)));
        }
        if (weak || !isWeak) {
          tags.add(strong);
        }
      }
    }
    return Optional.of(List.copyOf(tags));
  }
}
