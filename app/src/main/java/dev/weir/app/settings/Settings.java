// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that hold, and where each came from. Immutable. */
public final class Settings {

  private static final Path DEFAULT_FILE = Path.of("weir.yaml");

  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  private Settings() {}

  /**
   * Reads flags, environment and file.
   *
   * @param flags what the verb takes
   * @param known what any verb takes; the file may name all of them, so that one file serves all
   * @param environment the process's environment
   * @param folder what relative paths start from
   */
  public static Settings read(
      Collection<Flag<?>> flags,
      Collection<Flag<?>> known,
      Arguments arguments,
      Map<String, String> environment,
      Path folder) {
    Settings settings = new Settings();
    if (flags.contains(ServeFlags.CONFIG_FILE)) {
      settings.resolve(ServeFlags.CONFIG_FILE, arguments, environment, null, null);
    }
    Path file = settings.file(folder);
    Map<String, SettingsFile.Entry> entries =
        file == null ? Map.of() : new SettingsFile(file).read(known);
    for (Flag<?> flag : flags) {
      if (!flag.equals(ServeFlags.CONFIG_FILE)) {
        settings.resolve(flag, arguments, environment, file, entries.get(flag.name()));
      }
    }
    return settings;
  }

  /** Variables that look like a misspelled setting, with what was probably meant. */
  public static Map<String, String> misspelled(
      Collection<Flag<?>> known, Map<String, String> environment) {
    List<String> names = known.stream().map(Flag::environmentName).toList();
    Map<String, String> misspelled = new LinkedHashMap<>();
    environment.keySet().stream()
        .filter(name -> name.startsWith(Flag.ENVIRONMENT_PREFIX) && !names.contains(name))
        .sorted()
        .forEach(
            name -> Suggestion.near(name, names).ifPresent(near -> misspelled.put(name, near)));
    return misspelled;
  }

  /** The value of a flag of the verb. */
  @SuppressWarnings("unchecked") // resolve puts what the flag's own type parsed.
  public <T> T value(Flag<T> flag) {
    Object value = values.get(flag.name());
    if (value == null) {
      throw new IllegalArgumentException("--" + flag.name() + " is no flag of this verb");
    }
    return (T) value;
  }

  /** Whether someone set it, be it to its default. */
  public boolean isGiven(Flag<?> flag) {
    return given.contains(flag.name());
  }

  /** The place where a flag was set, or the name by which it can be. */
  public String nameOf(Flag<?> flag) {
    return Objects.requireNonNullElse(origins.get(flag.name()), "--" + flag.name());
  }

  /** A complaint about a flag's value that names the place where it was set. */
  public UsageException fault(Flag<?> flag, String problem) {
    return new UsageException(nameOf(flag) + ": " + problem);
  }

  private @Nullable Path file(Path folder) {
    Optional<Path> named =
        values.containsKey(ServeFlags.CONFIG_FILE.name())
            ? value(ServeFlags.CONFIG_FILE)
            : Optional.empty();
    if (named.isPresent()) {
      if (!Files.isRegularFile(folder.resolve(named.get()))) {
        throw fault(ServeFlags.CONFIG_FILE, "there is no file " + named.get());
      }
      return folder.resolve(named.get());
    }
    Path standard = folder.resolve(DEFAULT_FILE);
    return Files.isRegularFile(standard) ? standard : null;
  }

  private void resolve(
      Flag<?> flag,
      Arguments arguments,
      Map<String, String> environment,
      @Nullable Path file,
      SettingsFile.@Nullable Entry entry) {
    String fromFlag = arguments.flags().get(flag.name());
    String fromEnvironment = environment.get(flag.environmentName());
    if (fromFlag != null) {
      give(flag, "--" + flag.name(), fromFlag);
    } else if (fromEnvironment != null) {
      give(flag, flag.environmentName(), fromEnvironment);
    } else if (entry != null) {
      give(flag, file + ":" + entry.line() + ": " + flag.name(), entry.text());
    } else {
      put(flag, "--" + flag.name(), flag.defaultText());
    }
  }

  private <T> void give(Flag<T> flag, String origin, String text) {
    put(flag, origin, text);
    given.add(flag.name());
  }

  private <T> void put(Flag<T> flag, String origin, String text) {
    origins.put(flag.name(), origin);
    try {
      values.put(flag.name(), flag.type().parse(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      String shown = flag.secret() || mayHoldUser(text) ? "the value" : "\"" + text + "\"";
      String problem =
          e instanceof IllegalArgumentException && e.getMessage() != null
              ? e.getMessage()
              : "is not " + flag.type().expected();
      throw fault(flag, shown + " " + problem);
    }
  }

  /** A URL with a user has a password too; what is too broken to tell counts as one. */
  private static boolean mayHoldUser(String text) {
    return text.indexOf('@') >= 0;
  }
}
