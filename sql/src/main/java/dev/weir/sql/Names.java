// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What names mean at one place of a query: the columns in sight, and the names around them (an
 * outer query, or the query around a lambda). Immutable.
 *
 * <p>A name finds the column that is written exactly so; an unquoted one also a column that differs
 * only in upper and lower case, if there is just one.
 */
final class Names {

  static final Names NONE = new Names(List.of(), null);

  private static final boolean[] EXACTLY = {true};
  private static final boolean[] EXACTLY_THEN_NOT = {true, false};

  private final List<Entry> entries;
  private final @Nullable Names outer;

  /** The entries of each name; a long condition asks thousands of times. */
  private final Map<String, List<Entry>> byName = new HashMap<>();

  Names(List<Entry> entries, @Nullable Names outer) {
    this.entries = List.copyOf(entries);
    this.outer = outer;
    for (Entry entry : entries) {
      if (entry.name() != null) {
        byName.computeIfAbsent(entry.name(), name -> new ArrayList<>(1)).add(entry);
      }
    }
  }

  List<Entry> entries() {
    return entries;
  }

  @Nullable Names outer() {
    return outer;
  }

  /**
   * A column in sight.
   *
   * @param qualifiers what may stand before its name: {@code [alias]} or {@code [database, table]}
   * @param value what it means; a use takes the position of the use
   */
  record Entry(List<String> qualifiers, @Nullable String name, Expression value) {

    /** The same column under the name of an alias. */
    Entry under(String alias, @Nullable String newName) {
      return new Entry(List.of(alias), newName, value);
    }

    /** The column itself called as this entry is. */
    Entry named() {
      return name != null && value instanceof Expression.Column column
          ? new Entry(
              qualifiers,
              name,
              new Expression.Column(
                  column.relation(), column.index(), name, column.type(), column.position()))
          : this;
    }

    private boolean answersTo(List<NamePart> prefix, boolean exactly) {
      if (prefix.isEmpty()) {
        return true;
      }
      if (prefix.size() > qualifiers.size()) {
        return false;
      }
      int offset = qualifiers.size() - prefix.size();
      for (int i = 0; i < prefix.size(); i++) {
        if (!prefix.get(i).matches(qualifiers.get(offset + i), exactly)) {
          return false;
        }
      }
      return true;
    }
  }

  /** One part of a dotted name. */
  record NamePart(String value, boolean quoted, Position position) {

    boolean matches(@Nullable String name, boolean exactly) {
      return name != null
          && ((exactly || quoted) ? value.equals(name) : value.equalsIgnoreCase(name));
    }
  }

  /** What was found: the value, and how many parts of the name it took. */
  record Found(Expression value, int parts) {}

  Names inside(List<Entry> inner) {
    return new Names(inner, this);
  }

  Names and(Names right) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(right.entries);
    return new Names(all, outer);
  }

  /**
   * Looks a dotted name up, from the inside out. The longest qualifier wins; parts that are left
   * over name fields of a row.
   */
  Optional<Found> find(List<NamePart> name) {
    for (Names names = this; names != null; names = names.outer) {
      for (int prefix = Math.min(2, name.size() - 1); prefix >= 0; prefix--) {
        Optional<Found> found = names.findHere(name, prefix);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The columns of one relation here, for {@code alias.*}; empty where there is none. */
  List<Entry> of(List<NamePart> qualifier) {
    for (boolean exactly : new boolean[] {true, false}) {
      List<Entry> found =
          entries.stream().filter(entry -> entry.answersTo(qualifier, exactly)).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private Optional<Found> findHere(List<NamePart> name, int prefix) {
    NamePart column = name.get(prefix);
    List<NamePart> qualifier = name.subList(0, prefix);
    boolean quoted = name.subList(0, prefix + 1).stream().allMatch(NamePart::quoted);
    for (boolean exactly : quoted ? EXACTLY : EXACTLY_THEN_NOT) {
      List<Entry> candidates = exactly ? byName.getOrDefault(column.value(), List.of()) : entries;
      Entry match = null;
      for (Entry entry : candidates) {
        if (column.matches(entry.name(), exactly) && entry.answersTo(qualifier, exactly)) {
          if (match != null && !match.value().equals(entry.value())) {
            throw SqlErrors.at(
                name.getFirst().position(), "Column '" + column.value() + "' is ambiguous");
          }
          match = entry;
        }
      }
      if (match != null) {
        return Optional.of(new Found(match.value(), prefix + 1));
      }
    }
    return Optional.empty();
  }
}
