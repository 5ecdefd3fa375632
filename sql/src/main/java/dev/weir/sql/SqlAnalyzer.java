// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.Scope;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Statement;
import dev.weir.store.CatalogReader;
import dev.weir.store.PreparedQuery;
import dev.weir.store.StoreException;
import java.time.Instant;

/**
 * The door of this room: turns the text of a statement into a typed tree. Thread-safe; between
 * calls it keeps only how the latest texts parse.
 */
public final class SqlAnalyzer {

  private final ParsedTexts parsed = new ParsedTexts();

  /**
   * Analyzes one statement.
   *
   * @param catalog what there is; asked anew for every call
   * @param scope databases outside of it are DENIED, whether they are there or not
   * @param now what {@code now()} and its kin mean, everywhere in the statement
   * @throws StoreException BAD_REQUEST with the place in the text ({@code line 1:8: …}) where the
   *     text is no valid statement, or has parameters
   */
  public Statement analyze(String text, CatalogReader catalog, Scope scope, Instant now) {
    try {
      ParsedText source = parsed.get(text);
      CatalogNames names = new CatalogNames(catalog, scope);
      return source.query() == null
          ? CatalogStatements.read(source.tokens(), names)
          : query(source.query(), new Analysis(source.tokens(), names, now, null));
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  /**
   * Analyzes a query that may have parameters, {@code @name}.
   *
   * @return its columns, and its parameters with the types that their places ask for
   * @throws StoreException as {@link #analyze}, and for a statement that is no query
   */
  public PreparedQuery prepare(String text, CatalogReader catalog, Scope scope, Instant now) {
    try {
      ParsedText source = parsed.get(text);
      if (source.query() == null) {
        throw SqlErrors.at(source.tokens().getFirst(), "only a query can be prepared");
      }
      Parameters parameters = new Parameters();
      CatalogNames names = new CatalogNames(catalog, scope);
      Query query = query(source.query(), new Analysis(source.tokens(), names, now, parameters));
      return new PreparedQuery(new PreparedColumns(parameters).of(query), parameters.typed(query));
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  private static Query query(io.trino.sql.tree.Query query, Analysis analysis) {
    return new QueryAnalyzer(analysis, CommonTables.NONE).analyze(query, Names.NONE);
  }

  /** The nesting limit prevents this; a caller with a tiny stack still gets an answer. */
  private static StoreException tooDeep() {
    return SqlErrors.whole("the query is nested too deeply; simplify it");
  }
}
