// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The query of a request. What is wrong with it is a {@code BAD_REQUEST}. */
public final class QueryParameters {

  private final Map<String, String> values;

  private QueryParameters(Map<String, String> values) {
    this.values = values;
  }

  /** Reads a raw query; a parameter that is not known here, or there twice, is refused. */
  public static QueryParameters of(String query, List<String> known) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!known.contains(name)) {
        throw refusal("there is no parameter '%s'; known are %s".formatted(shown(name), known));
      }
      if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
        throw refusal("parameter " + name + " is there twice");
      }
    }
    return new QueryParameters(values);
  }

  /** The value of a parameter; an empty one counts as not given. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** Given alone, as {@code =true} or {@code =1} it is true. */
  public boolean flag(String name) {
    String value = values.get(name);
    if (value == null) {
      return false;
    }
    return switch (value) {
      case "", "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw refusal("%s is true or false, not '%s'".formatted(name, shown(value)));
    };
  }

  /** A whole number within bounds, both included. */
  public int whole(String name, int standard, int min, int max) {
    Optional<String> text = text(name);
    try {
      int number = text.map(Integer::parseInt).orElse(standard);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw refusal(
        "%s is a whole number from %d to %d, not '%s'"
            .formatted(name, min, max, shown(text.orElse(""))));
  }

  /** A refusal of the call, with what is wrong with it. */
  public static StoreException refusal(String message) {
    return new StoreException(Kind.BAD_REQUEST, message);
  }

  /** What a caller gave, short enough to be told. */
  public static String shown(String value) {
    return value.length() > 80 ? value.substring(0, 80) + "…" : value;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw refusal("the query has a broken escape: '%s'".formatted(shown(text)));
    }
  }
}
