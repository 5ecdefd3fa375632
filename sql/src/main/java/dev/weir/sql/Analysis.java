// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import java.time.Instant;

/** What one analysis hands round: the names of the catalog, one constant now, fresh numbers. */
final class Analysis {

  private final CatalogNames catalog;
  private final long nowNanos;
  private int relations;
  private int lambdaVariables;
  private int commonTables;

  Analysis(CatalogNames catalog, Instant now) {
    this.catalog = catalog;
    this.nowNanos = TimeText.nanos(now);
  }

  CatalogNames catalog() {
    return catalog;
  }

  /** The one time that now() means everywhere in the statement, in nanoseconds since the epoch. */
  long nowNanos() {
    return nowNanos;
  }

  int nextRelation() {
    return relations++;
  }

  int nextLambdaVariable() {
    return lambdaVariables++;
  }

  int nextCommonTable() {
    return commonTables++;
  }
}
