// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The fields of one mapping, each asked for by its name. What is wrong with one is noted and reads
 * as if it were not there, so that all problems of a text are found at once. Who has asked for all
 * that may be there ends with {@link #refuseOthers}.
 */
public final class Fields {

  private final String path;
  private final int line;
  private final Problems problems;
  private final Map<String, Value.Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(Value.Mapping mapping, String path, Problems problems) {
    this.path = path;
    this.line = mapping.line();
    this.problems = problems;
    for (Value.Entry entry : mapping.entries()) {
      Value.Entry first = entries.putIfAbsent(entry.name(), entry);
      if (first != null) {
        problems.note(
            entry.line(), path(entry.name()), "is there twice, first on line " + first.line());
      }
    }
  }

  /** Empty, and noted, for anything but a mapping. */
  static Optional<Fields> of(Value value, String path, Problems problems) {
    if (value instanceof Value.Mapping mapping) {
      return Optional.of(new Fields(mapping, path, problems));
    }
    problems.note(value.line(), path, "is a mapping of fields, not " + kind(value));
    return Optional.empty();
  }

  /** The one mapping of a YAML text; empty, and noted, for anything else. */
  public static Optional<Fields> ofYaml(String text, Problems problems) {
    try {
      return YamlText.read(text).flatMap(value -> of(value, "", problems));
    } catch (MalformedText e) {
      problems.note(e.line(), "", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  int line() {
    return line;
  }

  /** All names in order. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Whether it is there and not null. */
  public boolean has(String name) {
    return value(name).isPresent();
  }

  /** Whether it is a list with nothing in it, which {@link #texts} refuses. */
  public boolean isEmptyList(String name) {
    return value(name).orElse(null) instanceof Value.Listing listing && listing.values().isEmpty();
  }

  /** Notes something about a field, at its line. */
  public void refuse(String name, String reason) {
    Value.Entry entry = entries.get(name);
    problems.note(entry == null ? line : entry.line(), path(name), reason);
  }

  /** Refuses these where they are there. */
  void refuseEach(String reason, String... names) {
    for (String name : names) {
      if (has(name)) {
        refuse(name, reason);
      }
    }
  }

  /** Refuses all that nobody has asked for. */
  public void refuseOthers() {
    entries.forEach((name, entry) -> {
      if (!known.contains(name)) {
        problems.note(entry.line(), path(name), "is no field here" + Suggestion.hint(name, known));
      }
    });
  }

  /** Notes that it is missing where it is. */
  public void require(String name, String what) {
    Value.Entry entry = entries.get(name);
    if (!has(name) && (entry == null || !entry.value().isRefused())) {
      problems.note(line, path(name), "is missing: " + what);
    }
  }

  Optional<String> text(String name, int lengthMax) {
    return read(name, text -> limited(text, lengthMax));
  }

  public Optional<Boolean> flag(String name) {
    return read(name, Fields::flagOf);
  }

  static boolean flagOf(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "true or false, not '%s'".formatted(Quantities.shown(text)));
    };
  }

  public Optional<Integer> number(String name, int from, int to) {
    return read(name, text -> Quantities.number(text, from, to));
  }

  public Optional<Duration> duration(String name, Duration from, Duration to) {
    return read(
        name,
        text -> {
          Duration duration = Quantities.duration(text);
          if (duration.compareTo(from) < 0 || duration.compareTo(to) > 0) {
            throw new IllegalArgumentException(
                "%s to %s, not %s"
                    .formatted(Quantities.text(from), Quantities.text(to), Quantities.shown(text)));
          }
          return duration;
        });
  }

  /** One of these words. */
  public <T> Optional<T> choice(String name, Map<String, T> choices) {
    return read(
        name,
        text -> {
          T choice = choices.get(text);
          if (choice == null) {
            throw new IllegalArgumentException(
                "one of %s, not '%s'%s"
                    .formatted(
                        String.join(", ", choices.keySet()),
                        Quantities.shown(text),
                        Suggestion.hint(text, choices.keySet())));
          }
          return choice;
        });
  }

  /** A text that may name secrets; what is wrong is said without it. */
  Optional<Secret> secret(String name, int lengthMax) {
    return read(
        name,
        text -> {
          if (text.length() > lengthMax) {
            throw new IllegalArgumentException(
                "has %,d characters, at most %,d".formatted(text.length(), lengthMax));
          }
          return new Secret(text);
        });
  }

  /** A single value, made of its text; the message of the exception is the reason. */
  public <T> Optional<T> read(String name, Function<String, T> reader) {
    Optional<Value> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return scalar(value.get(), path(name), reader);
  }

  /** The fields below this one. */
  public Optional<Fields> fields(String name) {
    return value(name).flatMap(value -> of(value, path(name), problems));
  }

  /** The fields of a value that stands in a list of this mapping. */
  Optional<Fields> fieldsOf(Value value, String at) {
    return of(value, at, problems);
  }

  /** Notes something about the mapping as a whole. */
  void refuseAll(String reason) {
    problems.note(line, path, reason);
  }

  /** The same, with nothing in it where it is not there. */
  public Fields fieldsOrNone(String name) {
    return fields(name)
        .orElseGet(() -> new Fields(new Value.Mapping(line, List.of()), path(name), problems));
  }

  /** A list, or a single value as a list of one; each with its path. */
  <T> List<T> list(String name, int max, BiFunction<Value, String, Optional<T>> reader) {
    Optional<Value> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Value.Listing listing)) {
      return reader.apply(value.get(), path(name)).stream().toList();
    }
    if (listing.values().isEmpty()) {
      refuse(name, "is an empty list; leave it out");
    }
    if (listing.values().size() > max) {
      refuse(name, "has %d entries, at most %d".formatted(listing.values().size(), max));
      return List.of();
    }
    List<T> all = new ArrayList<>();
    for (int i = 0; i < listing.values().size(); i++) {
      reader.apply(listing.values().get(i), path(name) + "[" + i + "]").ifPresent(all::add);
    }
    return all;
  }

  /** A list of single values. */
  public <T> List<T> texts(String name, int max, Function<String, T> reader) {
    return list(name, max, (value, at) -> scalar(value, at, reader));
  }

  /** A list of mappings. */
  public <T> List<T> mappings(String name, int max, Function<Fields, Optional<T>> reader) {
    return list(name, max, (value, at) -> of(value, at, problems).flatMap(reader));
  }

  <T> Optional<T> scalar(Value value, String at, Function<String, T> reader) {
    if (!(value instanceof Value.Scalar scalar) || value.isNothing()) {
      problems.note(value.line(), at, "is a single value, not " + kind(value));
      return Optional.empty();
    }
    if (scalar.text().codePoints().anyMatch(Fields::isHalf)) {
      problems.note(value.line(), at, "has half of a surrogate pair, which UTF-8 can't carry");
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(scalar.text()));
    } catch (IllegalArgumentException e) {
      problems.note(value.line(), at, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** The value, unless it is not there or null. */
  Optional<Value> value(String name) {
    known.add(name);
    return Optional.ofNullable(entries.get(name))
        .map(Value.Entry::value)
        .filter(value -> !value.isNothing());
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Not empty and not too long. */
  static String limited(String text, int lengthMax) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty; leave it out");
    }
    if (text.length() > lengthMax) {
      throw new IllegalArgumentException(
          "has %,d characters, at most %,d".formatted(text.length(), lengthMax));
    }
    return text;
  }

  private static String kind(Value value) {
    return switch (value) {
      case Value.Mapping ignored -> "a mapping";
      case Value.Listing ignored -> "a list";
      case Value.Scalar scalar -> scalar.kind() == Value.Scalar.Kind.NOTHING ? "null" : "a text";
    };
  }
}
