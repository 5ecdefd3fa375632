// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import java.time.Instant;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;

/** What one analysis hands round: the names of the catalog, one constant now, fresh numbers. */
final class Analysis {

  private final List<CommonToken> tokens;
  private final CatalogNames catalog;
  private final long nowNanos;
  private int relations;
  private int lambdaVariables;
  private int commonTables;

  Analysis(List<CommonToken> tokens, CatalogNames catalog, Instant now) {
    this.tokens = tokens;
    this.catalog = catalog;
    this.nowNanos = TimeText.nanos(now);
  }

  /** The tokens of the user's text, from which some conditions are read directly. */
  List<CommonToken> tokens() {
    return tokens;
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
