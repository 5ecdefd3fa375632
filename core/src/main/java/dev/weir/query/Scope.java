// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import java.util.List;
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

  /** The databases whose names match a glob: {@code *} any text, {@code ?} one character. */
  static Scope matching(List<String> globs) {
    return new Globs(globs);
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

  /** See {@link Scope#matching(List)}. */
  record Globs(List<String> globs) implements Scope {
    public Globs {
      globs = List.copyOf(globs);
    }

    @Override
    public boolean includes(String database) {
      return globs.stream().anyMatch(glob -> matches(glob, database));
    }

    /** Without backtracking into more than the last star, so that no glob takes long. */
    private static boolean matches(String glob, String name) {
      int at = 0;
      int in = 0;
      int star = -1;
      int resume = 0;
      while (in < name.length()) {
        boolean more = at < glob.length();
        if (more && glob.charAt(at) == '*') {
          star = at++;
          resume = in;
        } else if (more && (glob.charAt(at) == '?' || glob.charAt(at) == name.charAt(in))) {
          at++;
          in++;
        } else if (star >= 0) {
          at = star + 1;
          in = ++resume;
        } else {
          return false;
        }
      }
      return glob.substring(at).chars().allMatch(rest -> rest == '*');
    }
  }
}
