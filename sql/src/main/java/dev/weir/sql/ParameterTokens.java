// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.sql.tree.GenericLiteral;
import java.util.List;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CommonToken;

/**
 * The parameters of prepared queries, {@code @name}, on their way through the parser: a literal
 * under a type name that no text can hold.
 */
final class ParameterTokens {

  /** No text can hold this name: the lexer makes no identifier with a space. */
  private static final String PLACEHOLDER = "query parameter";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private ParameterTokens() {}

  /** Puts a placeholder where an {@code @} and, right behind it, a word stand last. */
  static boolean replaced(List<CommonToken> tokens, CommonToken word) {
    if (tokens.isEmpty()) {
      return false;
    }
    CommonToken mark = tokens.getLast();
    if (!mark.getText().equals("@")
        || mark.getStopIndex() + 1 != word.getStartIndex()
        || !NAME.matcher(word.getText()).matches()) {
      return false;
    }
    tokens.removeLast();
    CommonToken type = SqlTokens.replaced(mark, SqlBaseLexer.IDENTIFIER, PLACEHOLDER);
    type.setStopIndex(word.getStopIndex());
    tokens.add(type);
    tokens.add(SqlTokens.replaced(mark, SqlBaseLexer.STRING, "'" + word.getText() + "'"));
    return true;
  }

  static boolean isPlaceholder(GenericLiteral literal) {
    return literal.getType().equals(PLACEHOLDER);
  }
}
