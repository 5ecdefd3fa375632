// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.OPTIONAL_PATH;
import static dev.weir.app.settings.FlagType.choice;

import dev.weir.api.caller.Authentication;
import dev.weir.server.ConsoleOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The flags of {@code weir serve} about who comes in at the console's door. */
public final class ConsoleFlags {

  public static final Flag<Authentication> AUTH =
      Flag.of(
          "auth",
          choice(words()),
          "none",
          "How people sign in at the console: not at all, on loopback only, or with a name and a"
              + " password of --auth.users-file.");

  public static final Flag<Optional<Path>> USERS_FILE =
      Flag.of(
          "auth.users-file",
          OPTIONAL_PATH,
          "",
          "Who signs in with --auth=local: names, bcrypt passwords and roles, in YAML. It is"
              + " followed.");

  public static final Flag<Set<String>> ORIGIN =
      Flag.of(
          "console.origin",
          new FlagType<>(
              "A,B,…",
              "a list of origins such as https://console.example with commas between",
              ConsoleFlags::origins),
          "",
          "Where a console is kept whose pages may call the API, such as https://console.example.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL = List.of(AUTH, USERS_FILE, ORIGIN);

  private ConsoleFlags() {}

  /** What fits together; the server judges the rest. */
  static ConsoleOptions options(Settings settings) {
    Optional<Path> users = settings.value(USERS_FILE);
    switch (settings.value(AUTH)) {
      case NONE -> {
        if (users.isPresent()) {
          throw settings.fault(USERS_FILE, "needs --auth=local; without it nobody signs in");
        }
      }
      case LOCAL -> {
        if (users.isEmpty()) {
          throw settings.fault(AUTH, "local needs --auth.users-file, which says who signs in");
        }
      }
    }
    return new ConsoleOptions(users, settings.value(ORIGIN));
  }

  /** As browsers send them: scheme, host in lower case, and a port where it is not the usual. */
  private static Set<String> origins(String text) {
    Set<String> origins = new LinkedHashSet<>();
    for (String word : FlagType.WORDS.parse(text)) {
      if (!FlagType.endpoint(word).getRawPath().isEmpty()) {
        throw new IllegalArgumentException("ends in a slash; an origin has none");
      }
      String usual = word.startsWith("https:") ? ":443" : ":80";
      if (!word.equals(word.toLowerCase(Locale.ROOT)) || word.endsWith(usual)) {
        throw new IllegalArgumentException(
            "is not as browsers send it: in lower case, and without the usual port");
      }
      origins.add(word);
    }
    return origins;
  }

  private static LinkedHashMap<String, Authentication> words() {
    LinkedHashMap<String, Authentication> words = new LinkedHashMap<>();
    for (Authentication each : Authentication.values()) {
      words.put(each.spelling(), each);
    }
    return words;
  }
}
