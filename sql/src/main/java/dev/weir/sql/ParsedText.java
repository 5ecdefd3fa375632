// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import io.trino.sql.tree.Query;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.jspecify.annotations.Nullable;

/**
 * What a text is before anybody looks at the catalog or the clock. Nothing changes it, so that many
 * analyses may share it.
 *
 * @param query null for a statement about the catalog, which is read from the tokens
 */
record ParsedText(List<CommonToken> tokens, @Nullable Query query) {

  /** Reads a text. */
  static ParsedText of(String text) {
    List<CommonToken> tokens = SqlTokens.read(text);
    Query query =
        CatalogStatements.begins(tokens) ? null : QueryParser.parse(LabelSetTokens.fold(tokens));
    return new ParsedText(tokens, query);
  }
}
