// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.Scope;
import dev.weir.sql.tree.Statement;
import dev.weir.store.CatalogReader;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;

/**
 * The door of this room: turns the text of a statement into a typed tree. Thread-safe; it keeps
 * nothing between calls.
 */
public final class SqlAnalyzer {

  /**
   * Analyzes one statement.
   *
   * @param catalog what there is; asked anew for every call
   * @param scope databases outside of it do not exist
   * @param now what {@code now()} and its kin mean, everywhere in the statement
   * @throws StoreException BAD_REQUEST with the place in the text ({@code line 1:8: …}) where the
   *     text is no valid statement
   */
  public Statement analyze(String text, CatalogReader catalog, Scope scope, Instant now) {
    try {
      List<CommonToken> tokens = SqlTokens.read(text);
      CatalogNames names = new CatalogNames(catalog, scope);
      Optional<Statement> statement = CatalogStatements.read(tokens, names);
      if (statement.isPresent()) {
        return statement.get();
      }
      return new QueryAnalyzer(new Analysis(tokens, names, now), CommonTables.NONE)
          .analyze(QueryParser.parse(LabelSetTokens.fold(tokens)), Names.NONE);
    } catch (StackOverflowError e) {
      // The nesting limit is there to prevent this; a caller with a tiny stack still gets an
      // answer.
      throw SqlErrors.whole("the query is nested too deeply; simplify it");
    }
  }
}
