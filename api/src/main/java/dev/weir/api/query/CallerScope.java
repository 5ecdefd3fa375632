// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.monitor.record.CheckTables;
import dev.weir.query.Scope;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a caller may ask: everything, or the databases of the customers that it sees. */
record CallerScope(CheckTables tables) {

  Scope of(Caller caller) {
    Optional<Set<String>> customers = caller.customers(Role.VIEWER);
    if (customers.isEmpty()) {
      return Scope.all();
    }
    Set<String> databases = new HashSet<>();
    for (String customer : customers.get()) {
      try {
        databases.add(tables.results(customer).database());
      } catch (IllegalArgumentException _) {
        // A name that no database can have: there is nothing to see.
      }
    }
    return Scope.of(databases);
  }
}
