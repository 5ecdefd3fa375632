// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.Names.NamePart;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Comparison;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.sql.tree.GenericLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Long lists of label sets, {@code (("instance" = 'a' AND "pod" IS NULL) OR (…) OR …)}, read
 * without the parser. Remote read names series so, up to 200 KiB of them, and the general parser
 * spends most of the time of such a statement on a list that has only one shape.
 *
 * <p>The parser gets a placeholder literal in place of the list; the analyzer comes back here for
 * the condition. The tree is the same as without the detour, to the last position.
 */
final class LabelSetTokens {

  /** Shorter lists are not worth the detour. */
  static final int SETS_MIN = 16;

  /** No text can hold this name: the lexer makes no identifier with a space. */
  private static final String PLACEHOLDER = "label sets";

  private static final Set<Integer> BEFORE =
      Set.of(SqlBaseLexer.WHERE, SqlBaseLexer.AND, SqlBaseLexer.OR);
  private static final Set<Integer> AFTER =
      Set.of(
          SqlBaseLexer.AND,
          SqlBaseLexer.OR,
          SqlBaseLexer.GROUP,
          SqlBaseLexer.ORDER,
          SqlBaseLexer.LIMIT,
          Token.EOF);

  private final List<CommonToken> tokens;
  private int at;
  private int sets;

  private LabelSetTokens(List<CommonToken> tokens, int at) {
    this.tokens = tokens;
    this.at = at;
  }

  /** The tokens for the parser: each long list is one literal that names its place. */
  static List<CommonToken> fold(List<CommonToken> tokens) {
    List<CommonToken> folded = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      CommonToken token = tokens.get(i);
      if (isMark(token, "(") && i > 0 && BEFORE.contains(tokens.get(i - 1).getType())) {
        LabelSetTokens reader = new LabelSetTokens(tokens, i);
        if (reader.skipList()
            && reader.sets >= SETS_MIN
            && AFTER.contains(tokens.get(reader.at).getType())) {
          folded.add(SqlTokens.replaced(token, SqlBaseLexer.IDENTIFIER, PLACEHOLDER));
          folded.add(SqlTokens.replaced(token, SqlBaseLexer.STRING, "'" + i + "'"));
          i = reader.at - 1;
          continue;
        }
      }
      folded.add(token);
    }
    return folded;
  }

  static boolean isPlaceholder(GenericLiteral literal) {
    return literal.getType().equals(PLACEHOLDER);
  }

  /** The condition that a placeholder stands for. */
  static Expression condition(GenericLiteral placeholder, List<CommonToken> tokens, Names names) {
    LabelSetTokens reader = new LabelSetTokens(tokens, Integer.parseInt(placeholder.getValue()));
    reader.at++;
    Position start = reader.firstItem();
    List<Expression> terms = new ArrayList<>();
    reader.readList(terms, names);
    return new Expression.Logical(false, terms, start);
  }

  /** Where the first item stands; brackets around the whole list do not count. */
  private Position firstItem() {
    int first = at;
    while (isMark(tokens.get(first + 1), "(")) {
      LabelSetTokens inner = new LabelSetTokens(tokens, first);
      if (!inner.skipList() || !isMark(tokens.get(inner.at), ")")) {
        break;
      }
      first++;
    }
    return SqlErrors.position(tokens.get(first));
  }

  /** {@code '(' item (OR item)* ')'}, where an item is a set or such a list. */
  private boolean skipList() {
    if (!skipMark("(")) {
      return false;
    }
    do {
      int start = at;
      if (!skipSet()) {
        at = start;
        if (!skipList()) {
          return false;
        }
      }
    } while (skipType(SqlBaseLexer.OR));
    return skipMark(")");
  }

  /** {@code '(' label (AND label)* ')'}. */
  private boolean skipSet() {
    if (!skipMark("(")) {
      return false;
    }
    do {
      if (!skipType(SqlBaseLexer.QUOTED_IDENTIFIER) && !skipType(SqlBaseLexer.IDENTIFIER)) {
        return false;
      }
      boolean value = skipType(SqlBaseLexer.EQ) && skipType(SqlBaseLexer.STRING);
      if (!value && !(skipType(SqlBaseLexer.IS) && skipType(SqlBaseLexer.NULL))) {
        return false;
      }
    } while (skipType(SqlBaseLexer.AND));
    sets++;
    return skipMark(")");
  }

  private void readList(List<Expression> terms, Names names) {
    do {
      boolean set = !isMark(tokens.get(at + 1), "(");
      at++;
      if (set) {
        terms.add(readSet(names));
      } else {
        readList(terms, names);
      }
      at++;
    } while (skipType(SqlBaseLexer.OR));
  }

  private Expression readSet(Names names) {
    Position start = SqlErrors.position(tokens.get(at));
    List<Expression> labels = new ArrayList<>();
    do {
      labels.add(readLabel(names));
    } while (skipType(SqlBaseLexer.AND));
    return labels.size() == 1 ? labels.getFirst() : new Expression.Logical(true, labels, start);
  }

  private Expression readLabel(Names names) {
    CommonToken token = tokens.get(at++);
    boolean quoted = token.getType() == SqlBaseLexer.QUOTED_IDENTIFIER;
    String name = quoted ? SqlTokens.unquoted(token.getText()) : token.getText();
    Expression column =
        NameAnalyzer.column(new NamePart(name, quoted, SqlErrors.position(token)), names);
    CommonToken operator = tokens.get(at++);
    CommonToken value = tokens.get(at++);
    if (operator.getType() == SqlBaseLexer.IS) {
      return new Expression.IsNull(column, SqlErrors.position(operator));
    }
    Expression literal =
        new Literal.OfString(SqlTokens.unquoted(value.getText()), SqlErrors.position(value));
    return PredicateAnalyzer.compare(
        Comparison.Operator.EQUAL, column, literal, SqlErrors.position(operator));
  }

  private boolean skipMark(String mark) {
    return isMark(tokens.get(at), mark) && at++ >= 0;
  }

  private boolean skipType(int type) {
    return tokens.get(at).getType() == type && at++ >= 0;
  }

  private static boolean isMark(Token token, String mark) {
    return token.getType() != SqlBaseLexer.STRING && token.getText().equals(mark);
  }
}
