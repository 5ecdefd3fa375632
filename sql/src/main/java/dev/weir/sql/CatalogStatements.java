// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.LikePattern;
import dev.weir.sql.tree.Statement;
import dev.weir.store.StoreException;
import io.trino.grammar.sql.SqlBaseLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * SHOW and DESCRIBE, read straight from the tokens: half of them are not in the parser's grammar.
 */
final class CatalogStatements {

  private static final Set<String> BEGINNINGS = Set.of("SHOW", "DESCRIBE", "DESC");

  private final List<CommonToken> tokens;
  private final CatalogNames names;
  private int at;

  private CatalogStatements(List<CommonToken> tokens, CatalogNames names) {
    this.tokens = tokens;
    this.names = names;
  }

  /** Whether the text begins with SHOW or DESCRIBE. */
  static boolean begins(List<CommonToken> tokens) {
    Token first = tokens.getFirst();
    return first.getType() != SqlBaseLexer.STRING
        && first.getType() != SqlBaseLexer.QUOTED_IDENTIFIER
        && BEGINNINGS.contains(first.getText().toUpperCase(Locale.ROOT));
  }

  /** The statement of a text that {@link #begins} with SHOW or DESCRIBE. */
  static Statement read(List<CommonToken> tokens, CatalogNames names) {
    CatalogStatements reader = new CatalogStatements(tokens, names);
    if (reader.take("SHOW")) {
      return reader.show();
    }
    reader.at++;
    Statement statement = new Statement.Describe(reader.names.table(reader.name()));
    reader.end();
    return statement;
  }

  private Statement show() {
    if (take("DATABASES")) {
      return new Statement.ShowDatabases(likeThenEnd());
    }
    if (take("TABLES")) {
      String database = null;
      if (take("FROM") || take("IN")) {
        List<CatalogNames.Part> parts = name();
        if (parts.size() != 1) {
          throw SqlErrors.at(parts.get(1).position(), "a database has a name of one part");
        }
        database = names.database(parts.getFirst());
      }
      return new Statement.ShowTables(database, likeThenEnd());
    }
    if (take("MEASURES")) {
      if (!take("FROM") && !take("IN")) {
        throw unexpected("'FROM'");
      }
      List<CatalogNames.Part> table = name();
      return new Statement.ShowMeasures(names.table(table), likeThenEnd());
    }
    throw unexpected("'DATABASES', 'TABLES', 'MEASURES'");
  }

  private List<CatalogNames.Part> name() {
    List<CatalogNames.Part> parts = new ArrayList<>();
    do {
      Token token = tokens.get(at);
      String value =
          switch (token.getType()) {
            case SqlBaseLexer.QUOTED_IDENTIFIER -> SqlTokens.unquoted(token.getText());
            case SqlBaseLexer.STRING, Token.EOF -> throw unexpected("a name");
            default -> token.getText();
          };
      if (!Character.isLetter(value.isEmpty() ? ' ' : value.charAt(0))
          && token.getType() != SqlBaseLexer.QUOTED_IDENTIFIER
          && !value.startsWith("_")) {
        throw unexpected("a name");
      }
      at++;
      parts.add(new CatalogNames.Part(value, SqlErrors.position(token)));
    } while (take("."));
    return parts;
  }

  private @Nullable LikePattern likeThenEnd() {
    LikePattern like = null;
    if (take("LIKE")) {
      Token token = tokens.get(at);
      if (token.getType() != SqlBaseLexer.STRING) {
        throw unexpected("a quoted pattern");
      }
      like = new LikePattern(SqlTokens.unquoted(token.getText()));
      at++;
    }
    end();
    return like;
  }

  private void end() {
    if (tokens.get(at).getType() != Token.EOF) {
      throw unexpected("<EOF>");
    }
  }

  private boolean take(String word) {
    Token token = tokens.get(at);
    boolean quoted =
        token.getType() == SqlBaseLexer.STRING || token.getType() == SqlBaseLexer.QUOTED_IDENTIFIER;
    if (quoted || !token.getText().equalsIgnoreCase(word)) {
      return false;
    }
    at++;
    return true;
  }

  private StoreException unexpected(String wanted) {
    Token token = tokens.get(at);
    return SqlErrors.at(
        token, "mismatched input '%s'. Expecting: %s".formatted(token.getText(), wanted));
  }
}
