// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Position;
import java.time.Instant;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.jspecify.annotations.Nullable;

/** What one analysis hands round: the names of the catalog, one constant now, fresh numbers. */
final class Analysis {

  private final List<CommonToken> tokens;
  private final CatalogNames catalog;
  private final long nowNanos;
  private final @Nullable Parameters parameters;
  private int relations;
  private int lambdaVariables;
  private int commonTables;

  /**
   * An analysis.
   *
   * @param parameters takes the parameters that the text uses; null where it may use none
   */
  Analysis(
      List<CommonToken> tokens,
      CatalogNames catalog,
      Instant now,
      @Nullable Parameters parameters) {
    this.tokens = tokens;
    this.catalog = catalog;
    this.nowNanos = TimeText.nanos(now);
    this.parameters = parameters;
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

  /** A use of {@code @name}. */
  Expression parameter(String name, Position at) {
    if (parameters == null) {
      throw SqlErrors.at(
          at, "@%s is a parameter, which only a prepared query may have".formatted(name));
    }
    return parameters.use(name, at);
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
