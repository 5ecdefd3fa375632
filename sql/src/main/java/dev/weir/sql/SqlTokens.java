// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Position;
import dev.weir.store.StoreException;
import io.trino.grammar.sql.SqlBaseLexer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * The first pass: text to tokens of the parser's own lexer, with Timestream's additions replaced by
 * tokens that the parser's grammar knows. Every token keeps its place in the user's text, so
 * whatever is made of it later still points there.
 *
 * <ul>
 *   <li>{@code 15m} becomes the two tokens {@code duration '15m'};
 *   <li>{@code measure_value::double} becomes the quoted name {@code "measure_value::double"};
 *   <li>{@code @name} becomes a literal, see {@link ParameterTokens}.
 * </ul>
 */
final class SqlTokens {

  /** The limit of the Query API for a query string. */
  static final int TEXT_BYTES_MAX = 262_144;

  /** A text of the greatest length may hold one token per two bytes; more is no sensible query. */
  static final int TOKENS_MAX = 131_072;

  /** The type name under which a duration literal travels through the parser. */
  static final String DURATION = "duration";

  private static final String MEASURE_VALUE = "measure_value";
  private static final Set<String> MEASURE_TYPES =
      Set.of("double", "bigint", "varchar", "boolean", "timestamp");

  private SqlTokens() {}

  /** The visible tokens of a text, without a last semicolon; the end token stands last. */
  static List<CommonToken> read(String text) {
    if (text.length() > TEXT_BYTES_MAX
        || text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
      throw SqlErrors.whole(
          "the query text is longer than " + TEXT_BYTES_MAX + " bytes; shorten it");
    }
    refuseHalfPairs(text);
    SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    List<CommonToken> tokens = new ArrayList<>(text.length() / 6 + 8);
    CommonToken token;
    do {
      token = (CommonToken) lexer.nextToken();
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        add(tokens, token);
      }
      if (tokens.size() > TOKENS_MAX) {
        throw SqlErrors.at(token, "the query has more than " + TOKENS_MAX + " tokens; shorten it");
      }
    } while (token.getType() != Token.EOF);
    dropLastSemicolon(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      tokens.get(i).setTokenIndex(i);
    }
    NestingLimit.check(tokens);
    return tokens;
  }

  /** Half of a surrogate pair is no character: no store could give it back. */
  private static void refuseHalfPairs(String text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isHighSurrogate(character)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(character)) {
        throw SqlErrors.at(
            new Position(line, column),
            "half of a surrogate pair, U+%04X, is no character".formatted((int) character));
      }
      boolean ends = character == '\n';
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
  }

  private static void add(List<CommonToken> tokens, CommonToken token) {
    if (token.getType() == SqlBaseLexer.UNRECOGNIZED) {
      throw unrecognized(token);
    }
    if (token.getType() == SqlBaseLexer.DIGIT_IDENTIFIER) {
      if (DurationText.looksLike(token.getText())) {
        tokens.add(replaced(token, SqlBaseLexer.IDENTIFIER, DURATION));
        tokens.add(replaced(token, SqlBaseLexer.STRING, "'" + token.getText() + "'"));
        return;
      }
      throw SqlErrors.at(
          token, "mismatched input '" + token.getText() + "': a name can't begin with a digit");
    }
    if (ParameterTokens.replaced(tokens, token)) {
      return;
    }
    int size = tokens.size();
    if (size >= 2
        && tokens.get(size - 1).getText().equals("::")
        && isMeasureValue(tokens.get(size - 2))
        && MEASURE_TYPES.contains(token.getText().toLowerCase(Locale.ROOT))) {
      CommonToken name = tokens.get(size - 2);
      String column = MEASURE_VALUE + "::" + token.getText().toLowerCase(Locale.ROOT);
      tokens.removeLast();
      tokens.set(size - 2, replaced(name, SqlBaseLexer.QUOTED_IDENTIFIER, '"' + column + '"'));
      return;
    }
    tokens.add(token);
  }

  private static boolean isMeasureValue(CommonToken token) {
    return switch (token.getType()) {
      case SqlBaseLexer.IDENTIFIER -> token.getText().equalsIgnoreCase(MEASURE_VALUE);
      case SqlBaseLexer.QUOTED_IDENTIFIER -> token.getText().equals('"' + MEASURE_VALUE + '"');
      default -> false;
    };
  }

  /** A token of another type and text at the place of this one. */
  static CommonToken replaced(CommonToken original, int type, String text) {
    CommonToken token = new CommonToken(original);
    token.setType(type);
    token.setText(text);
    return token;
  }

  /** The text between quotes, with doubled quotes undone. */
  static String unquoted(String text) {
    String mark = text.substring(0, 1);
    String inner = text.substring(1, text.length() - 1);
    return inner.contains(mark) ? inner.replace(mark + mark, mark) : inner;
  }

  private static void dropLastSemicolon(List<CommonToken> tokens) {
    int last = tokens.size() - 2;
    if (last >= 0 && tokens.get(last).getType() == SqlBaseLexer.SEMICOLON) {
      tokens.remove(last);
    }
  }

  private static StoreException unrecognized(CommonToken token) {
    String what = token.getText();
    if (what.equals("'") || what.equals("\"")) {
      return SqlErrors.at(token, "the quote " + what + " is never closed");
    }
    return SqlErrors.at(token, "unexpected character '" + what + "'");
  }
}
