// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.monitor.check.Site;
import dev.weir.query.SqlText;
import dev.weir.store.TableDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The check records of one site. A measure is a column from the first record on that has it, so
 * that statements ask for those only that are there.
 *
 * @param table as it is now, with the column {@code requests}, which every check record has
 * @param region the only one that counts; null for all
 */
record CheckSource(TableDescription table, Site site, @Nullable String region) {

  boolean has(String column) {
    return table.column(column).isPresent();
  }

  /** Whether any run was ever stored, and not only missed slots. */
  boolean hasRuns() {
    return has("endpoint_up");
  }

  /** Appends {@code FROM … WHERE …} up to here. */
  SqlText from(SqlText sql, Instant from, Instant to) {
    sql.raw(" FROM ")
        .identifier(table.name().database())
        .raw(".")
        .identifier(table.name().table())
        .raw(" WHERE measure_name = 'check' AND \"siteId\" = ")
        .literal(site.key().id())
        .raw(" AND time >= from_milliseconds(")
        .number(from.toEpochMilli())
        .raw(") AND time < from_milliseconds(")
        .number(to.toEpochMilli())
        .raw(")");
    if (region != null) {
      sql.raw(" AND region = ").literal(region);
    }
    return sql;
  }
}
