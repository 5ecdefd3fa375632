// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.List;
import java.util.Optional;

/** What a text says, whatever it is written in. Lines count from 1. */
sealed interface Value {

  int line();

  /** Names and values in order; a name may be there twice. */
  record Mapping(int line, List<Entry> entries) implements Value {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value of this name that comes first. */
    Optional<Value> get(String name) {
      return entries.stream()
          .filter(entry -> entry.name().equals(name))
          .map(Entry::value)
          .findFirst();
    }
  }

  record Entry(int line, String name, Value value) {}

  record Listing(int line, List<Value> values) implements Value {
    public Listing {
      values = List.copyOf(values);
    }
  }

  /** A text as it stands there, without its quotes. */
  record Scalar(int line, String text, Kind kind) implements Value {
    enum Kind {
      TEXT,
      NUMBER,
      FLAG,
      /** Null: as if it were not there. */
      NOTHING,
      /** What was wrong with it has been noted. */
      REFUSED
    }
  }

  /** Whether there is nothing to be read. */
  default boolean isNothing() {
    return isRefused() || (this instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NOTHING);
  }

  default boolean isRefused() {
    return this instanceof Scalar scalar && scalar.kind() == Scalar.Kind.REFUSED;
  }
}
