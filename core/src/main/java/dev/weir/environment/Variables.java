// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.environment;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Variables of the environment, each with a complaint that names it. One that is empty counts as
 * unset, since templates can't leave one out.
 */
public record Variables(Map<String, String> environment) {

  /** It becomes a label of a host name, of which there are 63 characters (RFC 1035, 2.3.4). */
  private static final Pattern REGION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  public Variables {
    environment = Map.copyOf(environment);
  }

  /**
   * The text of a variable that must be there.
   *
   * @throws IllegalArgumentException naming it
   */
  public String required(String name) {
    return value(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the environment variable " + name + " is missing; it is needed"));
  }

  /**
   * A region of AWS; one that nobody knows may be new, what can't be part of a host name is wrong.
   */
  public String region(String name, String otherwise) {
    String region = value(name).orElse(otherwise);
    if (!REGION.matcher(region).matches()) {
      throw fault(name, "an AWS region such as us-east-1");
    }
    return region;
  }

  /** The spellings of Go's strconv.ParseBool, as the AWS connector takes them. */
  public boolean truth(String name, boolean otherwise) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get()) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default -> throw fault(name, "true or false");
    };
  }

  /** A whole number from 1. */
  public int number(String name, int otherwise, int max) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw fault(name, "a whole number from 1 to " + max);
  }

  /** One of a few words, in whatever case; the first where it is unset. */
  public String oneOf(String name, String... words) {
    String word = value(name).orElse(words[0]).toLowerCase(Locale.ROOT);
    if (!List.of(words).contains(word)) {
      throw fault(name, "one of " + String.join(", ", words));
    }
    return word;
  }

  /**
   * A URL of http or https, without user and password.
   *
   * @throws IllegalArgumentException naming the variable, not its value
   */
  public Optional<URI> url(String name) {
    try {
      Optional<URI> url = value(name).map(URI::create);
      if (url.isEmpty()
          || (List.of("http", "https").contains(String.valueOf(url.get().getScheme()))
              && url.get().getHost() != null
              && url.get().getRawUserInfo() == null)) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // Told below, without the value, which may hold a password.
    }
    throw new IllegalArgumentException(
        "the environment variable " + name + " is no URL such as https://ingest.example");
  }

  /** The text of a variable; empty where it is unset or empty. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }

  /** Names alone: values may be secrets. */
  @Override
  public String toString() {
    return "Variables" + new TreeSet<>(environment.keySet());
  }

  private IllegalArgumentException fault(String name, String expected) {
    return new IllegalArgumentException(
        "the environment variable %s is \"%s\", not %s"
            .formatted(name, environment.get(name), expected));
  }
}
