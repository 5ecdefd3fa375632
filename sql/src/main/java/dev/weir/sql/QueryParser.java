// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.grammar.sql.SqlBaseParser;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.RefreshableSqlBaseParserInitializer;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/** The second pass: tokens to the parser library's tree. Thread-safe. */
final class QueryParser {

  private static final Set<Integer> BEGINNINGS =
      Set.of(SqlBaseLexer.SELECT, SqlBaseLexer.WITH, SqlBaseLexer.VALUES);

  /**
   * The parser learns from what it reads, without a limit of its own: some 20 MB after 20,000
   * mutated texts. After this many tokens it forgets; to learn again takes about as long as one
   * statement of the greatest length.
   */
  private static final long TOKENS_REMEMBERED = 2_000_000;

  private static final RefreshableSqlBaseParserInitializer MEMORY =
      new RefreshableSqlBaseParserInitializer();
  private static final AtomicLong TOKENS_SEEN = new AtomicLong();

  private QueryParser() {}

  static Query parse(List<CommonToken> tokens) {
    Token first = tokens.getFirst();
    if (first.getType() == Token.EOF) {
      throw SqlErrors.at(first, "the query is empty");
    }
    if (first.getText().equalsIgnoreCase("UNLOAD")) {
      throw SqlErrors.at(first, "UNLOAD is not supported; page through the result of the query");
    }
    if (!BEGINNINGS.contains(first.getType()) && !first.getText().equals("(")) {
      throw SqlErrors.at(
          first,
          "mismatched input '%s'. Expecting: 'SELECT', 'WITH', 'VALUES', 'SHOW', 'DESCRIBE'"
              .formatted(first.getText()));
    }
    Statement statement;
    try {
      // The library would read the text again; it is given the tokens that are there already.
      statement =
          new SqlParser((lexer, parser) -> give(lexer, parser, tokens)).createStatement("SELECT");
    } catch (ParsingException e) {
      throw SqlErrors.whole(inOwnWords(e, tokens));
    } catch (RuntimeException e) {
      // Some texts that the grammar takes, such as grouping(), trip the library's own checks.
      throw SqlErrors.at(first, "the statement is not valid: " + e.getMessage());
    }
    if (statement instanceof Query query) {
      return query;
    }
    throw SqlErrors.at(first, "only SELECT, SHOW and DESCRIBE are supported");
  }

  /** The message with the user's text in place of what a token was replaced with. */
  private static String inOwnWords(ParsingException e, List<CommonToken> tokens) {
    String message = String.valueOf(e.getMessage());
    for (CommonToken token : tokens) {
      if (token.getLine() == e.getLineNumber()
          && token.getCharPositionInLine() + 1 == e.getColumnNumber()
          && token.getStartIndex() <= token.getStopIndex()) {
        String original =
            token
                .getInputStream()
                .getText(Interval.of(token.getStartIndex(), token.getStopIndex()));
        return message.replace("'" + token.getText() + "'", "'" + original + "'");
      }
    }
    return message;
  }

  private static void give(SqlBaseLexer lexer, SqlBaseParser parser, List<CommonToken> tokens) {
    if (TOKENS_SEEN.addAndGet(tokens.size()) > TOKENS_REMEMBERED) {
      TOKENS_SEEN.set(0);
      MEMORY.refresh();
    }
    MEMORY.accept(lexer, parser);
    parser.setTokenStream(new CommonTokenStream(new ListTokenSource(tokens)));
  }
}
