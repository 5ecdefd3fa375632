// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.server.ListenAddress;
import dev.weir.server.web.ServerConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a flag takes.
 *
 * @param placeholder stands for the value in the help
 * @param expected completes the sentence "… is not …"
 * @param parser makes the value; throws {@link IllegalArgumentException}, with a message only where
 *     that says more than {@code expected}
 * @param separator stands between the texts of a flag that is given several times; empty where once
 *     is all
 */
public record FlagType<T>(
    String placeholder, String expected, Function<String, T> parser, String separator) {

  /** For a flag that is given once. */
  public FlagType(String placeholder, String expected, Function<String, T> parser) {
    this(placeholder, expected, parser, "");
  }

  /** The spellings that the AWS connector takes (Go's strconv.ParseBool). */
  private static final Map<String, Boolean> BOOLEANS =
      Map.ofEntries(
          Map.entry("1", true),
          Map.entry("t", true),
          Map.entry("T", true),
          Map.entry("TRUE", true),
          Map.entry("true", true),
          Map.entry("True", true),
          Map.entry("0", false),
          Map.entry("f", false),
          Map.entry("F", false),
          Map.entry("FALSE", false),
          Map.entry("false", false),
          Map.entry("False", false));

  private static final int PORT_MAX = 65_535;

  /** It becomes a label of a host name, of which there are 63 characters (RFC 1035, 2.3.4). */
  private static final Pattern REGION_NAME =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  static final FlagType<Boolean> BOOLEAN =
      new FlagType<>("true|false", "true or false", text -> known(BOOLEANS.get(text)));

  static final FlagType<String> TEXT = new FlagType<>("TEXT", "a text", FlagType::nonEmpty);

  static final FlagType<Optional<String>> OPTIONAL_TEXT =
      new FlagType<>(
          "TEXT", "a text", text -> text.isEmpty() ? Optional.empty() : Optional.of(text));

  static final FlagType<Optional<URI>> OPTIONAL_URL =
      new FlagType<>(
          "URL",
          "a URL such as https://ingest-cell1.timestream.us-east-1.amazonaws.com",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(endpoint(text)));

  /** A region that the SDK does not know may be new; what can't be part of a name is a mistake. */
  static final FlagType<String> REGION =
      new FlagType<>("TEXT", "an AWS region such as us-east-1", FlagType::region);

  static final FlagType<Path> PATH = new FlagType<>("PATH", "a path", text -> path(nonEmpty(text)));

  static final FlagType<Optional<Path>> OPTIONAL_PATH =
      new FlagType<>(
          "PATH", "a path", text -> text.isEmpty() ? Optional.empty() : Optional.of(path(text)));

  static final FlagType<ListenAddress> LISTEN_ADDRESS =
      new FlagType<>(
          "HOST:PORT",
          "an address such as 127.0.0.1:9201, [::1]:9201 or :9201",
          FlagType::listenAddress);

  /** A list of words with commas between; may be empty. */
  static final FlagType<Set<String>> WORDS =
      new FlagType<>("A,B,…", "a list with commas between", FlagType::words);

  static final FlagType<Long> SIZE =
      new FlagType<>("SIZE", "a size such as 64MiB or 2GiB", Sizes::parseBytes);

  /** A duration within bounds, both inclusive. */
  static FlagType<Duration> duration(Duration min, Duration max) {
    return new FlagType<>(
        "DURATION",
        "a duration such as 365d, 15s or 1h30m",
        text -> {
          Duration duration = Durations.parse(text);
          if (duration.compareTo(min) < 0) {
            throw new IllegalArgumentException("is shorter than " + Durations.format(min));
          }
          if (duration.compareTo(max) > 0) {
            throw new IllegalArgumentException("is longer than " + Durations.format(max));
          }
          return duration;
        });
  }

  /** A whole number within bounds, both inclusive. */
  static FlagType<Integer> whole(int min, int max) {
    return new FlagType<>(
        "NUMBER",
        "a whole number from " + min + " to " + max,
        text -> {
          int number = number(text);
          if (number < min || number > max) {
            throw new IllegalArgumentException();
          }
          return number;
        });
  }

  /** One of a few words, in this order in the help. */
  static <T> FlagType<T> choice(LinkedHashMap<String, T> choices) {
    String words = String.join("|", choices.keySet());
    return new FlagType<>(
        words, "one of " + words.replace("|", ", "), text -> known(choices.get(text)));
  }

  /** Several of a few words, with commas between. */
  static <T> FlagType<Set<T>> choices(LinkedHashMap<String, T> choices) {
    String words = String.join(", ", choices.keySet());
    return new FlagType<>(
        "A,B,…",
        "a list of " + words + " with commas between",
        text -> {
          Set<T> chosen = new LinkedHashSet<>();
          words(text).forEach(word -> chosen.add(known(choices.get(word))));
          return Set.copyOf(chosen);
        });
  }

  T parse(String text) {
    return parser.apply(text);
  }

  private static ListenAddress listenAddress(String text) {
    try {
      return ListenAddress.parse(text);
    } catch (ServerConfigException _) {
      throw new IllegalArgumentException();
    }
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : text.isBlank() ? new String[0] : text.split(",", -1)) {
      words.add(nonEmpty(word.strip()));
    }
    return Collections.unmodifiableSet(words);
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static String nonEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException();
    }
  }

  static URI url(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException();
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException();
    }
    if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
      throw new IllegalArgumentException("has a port that is not from 1 to " + PORT_MAX);
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("has a user; credentials are no part of a URL here");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("ends in a query or a fragment; leave it out");
    }
    return uri;
  }

  static URI endpoint(String text) {
    URI uri = url(text);
    if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
      throw new IllegalArgumentException("has a path; name scheme, host and port alone");
    }
    return uri;
  }

  private static String region(String text) {
    if (!REGION_NAME.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException();
    }
  }
}
