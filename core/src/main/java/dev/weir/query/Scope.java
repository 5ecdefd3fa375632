// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import java.util.Set;

/** The databases that a caller may see. What is outside of it does not exist for the caller. */
public sealed interface Scope {

  /** Whether a database may be seen. */
  boolean includes(String database);

  /** Everything; for Weir itself and for callers without limits. */
  static Scope all() {
    return new All();
  }

  /** These databases and no others. */
  static Scope of(Set<String> databases) {
    return new Databases(databases);
  }

  /** See {@link Scope#all()}. */
  record All() implements Scope {
    @Override
    public boolean includes(String database) {
      return true;
    }
  }

  /** See {@link Scope#of(Set)}. */
  record Databases(Set<String> names) implements Scope {
    public Databases {
      names = Set.copyOf(names);
    }

    @Override
    public boolean includes(String database) {
      return names.contains(database);
    }
  }
}
