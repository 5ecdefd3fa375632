// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.Scope;
import dev.weir.sql.tree.Position;
import dev.weir.store.CatalogReader;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds databases and tables for one caller. What is outside the scope is denied. Names are
 * compared as they are, upper and lower case included (AWS developer guide, "Naming constraints").
 */
record CatalogNames(CatalogReader catalog, Scope scope) {

  /** One part of a dotted name. */
  record Part(String value, Position position) {}

  String database(Part name) {
    if (!exists(name.value())) {
      throw missing(
          name, "Requested database '%s' not found at %s".formatted(name.value(), name.position()));
    }
    return name.value();
  }

  TableDescription table(List<Part> parts) {
    String whole = parts.stream().map(Part::value).collect(Collectors.joining("."));
    Part first = parts.getFirst();
    if (parts.size() != 2) {
      throw SqlErrors.at(
          first.position(),
          "Table '" + whole + "' does not exist: a table is named \"database\".\"table\"");
    }
    if (!exists(first.value())) {
      throw missing(
          first,
          "Requested database '%s' not found for identifier '%s' at %s"
              .formatted(first.value(), whole, first.position()));
    }
    TableName name;
    try {
      name = new TableName(first.value(), parts.get(1).value());
    } catch (IllegalArgumentException e) {
      throw SqlErrors.at(first.position(), "Table '" + whole + "' does not exist");
    }
    return catalog
        .describe(name)
        .orElseThrow(() -> SqlErrors.at(first.position(), "Table '" + whole + "' does not exist"));
  }

  /** Outside of the scope all names are denied alike, so that nobody learns which are there. */
  private StoreException missing(Part name, String message) {
    return scope.includes(name.value())
        ? SqlErrors.whole(message)
        : new StoreException(
            Kind.DENIED,
            "the caller may not see database '%s' at %s".formatted(name.value(), name.position()));
  }

  private boolean exists(String database) {
    return scope.includes(database) && catalog.databases().contains(database);
  }
}
