// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.function;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every function that a query may call (AWS developer guide, "Query language reference"). Names are
 * matched without regard to case. Immutable.
 */
public final class FunctionTable {

  private static final FunctionTable STANDARD = StandardFunctions.table();

  private final SortedMap<String, Function> byName = new TreeMap<>();
  private final SortedMap<String, String> aliases = new TreeMap<>();

  FunctionTable(Collection<Function> functions, Map<String, String> aliases) {
    for (Function function : functions) {
      if (byName.put(function.name(), function) != null) {
        throw new IllegalArgumentException("function " + function.name() + " is there twice");
      }
    }
    aliases.forEach((alias, name) -> {
      if (byName.containsKey(alias) || !byName.containsKey(name)) {
        throw new IllegalArgumentException("alias " + alias + " of " + name);
      }
      this.aliases.put(alias, name);
    });
  }

  /** The functions of Timestream. */
  public static FunctionTable standard() {
    return STANDARD;
  }

  /** The function of that name or alias. */
  public Optional<Function> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(byName.get(aliases.getOrDefault(lower, lower)));
  }

  /** All functions, sorted by name. */
  public List<Function> functions() {
    return List.copyOf(byName.values());
  }

  /** Second names and what they stand for, sorted. A tree only ever holds the first name. */
  public Map<String, String> aliases() {
    return Map.copyOf(aliases);
  }

  /** What a function works on. */
  public enum Kind {
    /** One row. */
    SCALAR,
    /** The rows of a group, or of a window. */
    AGGREGATE,
    /** A row and its neighbours; only with OVER. */
    WINDOW
  }

  /** An entry; two entries are equal only if they are the same. */
  public static final class Function {

    private final String name;
    private final Kind kind;
    private final List<Signature> signatures;

    Function(String name, Kind kind, List<Signature> signatures) {
      this.name = name;
      this.kind = kind;
      this.signatures = List.copyOf(signatures);
    }

    /** In lower case. */
    public String name() {
      return name;
    }

    public Kind kind() {
      return kind;
    }

    /** Whether it folds rows. */
    public boolean aggregate() {
      return kind == Kind.AGGREGATE;
    }

    /** All forms; the first that fits best is taken. */
    public List<Signature> signatures() {
      return signatures;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
