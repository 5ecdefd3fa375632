// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import io.trino.grammar.sql.SqlBaseLexer;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;

/**
 * Refuses a text whose tree would be too deep for the recursion of the passes behind it. Works on
 * tokens alone and in one sweep: every open bracket or CASE is one level, and so is every operator
 * whose operands nest ({@code a + b + c} is a tree of depth three). Flat lists, AND and OR cost
 * nothing, however long.
 */
final class NestingLimit {

  /** Levels of brackets, cases and chained operators; a person writes a dozen. */
  static final int DEPTH_MAX = 200;

  /** Joins and set operations nest to the left, each one level. */
  static final int JOINS_MAX = 100;

  private NestingLimit() {}

  static void check(List<CommonToken> tokens) {
    int[] chains = new int[DEPTH_MAX + 2];
    boolean[] inFrom = new boolean[DEPTH_MAX + 2];
    int level = 0;
    int depth = 0;
    int joins = 0;
    for (CommonToken token : tokens) {
      switch (weigh(token)) {
        case OPEN -> {
          level++;
          depth++;
          chains[level] = 0;
          inFrom[level] = false;
        }
        case CLOSE -> {
          if (level > 0) {
            depth -= 1 + chains[level];
            level--;
          }
        }
        case CHAIN -> {
          depth++;
          chains[level]++;
        }
        case BREAK -> {
          depth -= chains[level];
          chains[level] = 0;
          inFrom[level] = token.getType() == SqlBaseLexer.FROM;
        }
        case TERM -> {
          depth -= chains[level];
          chains[level] = 0;
        }
        case COMMA -> {
          depth -= chains[level];
          chains[level] = 0;
          joins += inFrom[level] ? 1 : 0;
        }
        case JOIN -> joins++;
        case NONE -> {}
      }
      if (depth > DEPTH_MAX) {
        throw SqlErrors.at(
            token, "the query is nested deeper than " + DEPTH_MAX + " levels; simplify it");
      }
      if (joins > JOINS_MAX) {
        throw SqlErrors.at(
            token, "the query has more than " + JOINS_MAX + " joins and set operations");
      }
    }
  }

  private enum Weight {
    OPEN,
    CLOSE,
    CHAIN,
    BREAK,
    TERM,
    COMMA,
    JOIN,
    NONE
  }

  private static Weight weigh(CommonToken token) {
    return switch (token.getType()) {
      case SqlBaseLexer.CASE -> Weight.OPEN;
      case SqlBaseLexer.END -> Weight.CLOSE;
      case SqlBaseLexer.NOT,
          SqlBaseLexer.PLUS,
          SqlBaseLexer.MINUS,
          SqlBaseLexer.ASTERISK,
          SqlBaseLexer.SLASH,
          SqlBaseLexer.PERCENT,
          SqlBaseLexer.CONCAT,
          SqlBaseLexer.AT,
          SqlBaseLexer.ARRAY ->
          Weight.CHAIN;
      case SqlBaseLexer.AND, SqlBaseLexer.OR -> Weight.TERM;
      case SqlBaseLexer.SELECT,
          SqlBaseLexer.FROM,
          SqlBaseLexer.WHERE,
          SqlBaseLexer.GROUP,
          SqlBaseLexer.HAVING,
          SqlBaseLexer.ORDER,
          SqlBaseLexer.WHEN,
          SqlBaseLexer.THEN,
          SqlBaseLexer.ELSE ->
          Weight.BREAK;
      case SqlBaseLexer.JOIN, SqlBaseLexer.UNION, SqlBaseLexer.INTERSECT, SqlBaseLexer.EXCEPT ->
          Weight.JOIN;
      default -> weighMark(token.getText());
    };
  }

  private static Weight weighMark(String text) {
    return switch (text) {
      case "(", "[" -> Weight.OPEN;
      case ")", "]" -> Weight.CLOSE;
      case "->", ".", "::" -> Weight.CHAIN;
      case "," -> Weight.COMMA;
      default -> Weight.NONE;
    };
  }
}
