// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Query.CommonTable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The WITH entries in sight, the latest first. Immutable. */
record CommonTables(@Nullable CommonTable table, @Nullable CommonTables earlier) {

  static final CommonTables NONE = new CommonTables(null, null);

  CommonTables and(CommonTable later) {
    return new CommonTables(later, this);
  }

  Optional<CommonTable> find(String name) {
    for (CommonTables at = this; at != null; at = at.earlier) {
      if (at.table != null && at.table.name().equalsIgnoreCase(name)) {
        return Optional.of(at.table);
      }
    }
    return Optional.empty();
  }
}
