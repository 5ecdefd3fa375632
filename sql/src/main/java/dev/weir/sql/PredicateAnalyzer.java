// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Comparison;
import dev.weir.sql.tree.Expression.Comparison.Operator;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Query;
import io.trino.sql.tree.BetweenPredicate;
import io.trino.sql.tree.ComparisonPredicate;
import io.trino.sql.tree.DistinctFromPredicate;
import io.trino.sql.tree.InListExpression;
import io.trino.sql.tree.InPredicate;
import io.trino.sql.tree.IsNullPredicate;
import io.trino.sql.tree.LikePredicate;
import io.trino.sql.tree.Predicated;
import io.trino.sql.tree.QuantifiedComparisonPredicate;
import java.util.ArrayList;
import java.util.List;

/** Types what stands behind a value: comparisons, BETWEEN, IN, LIKE, IS NULL. */
final class PredicateAnalyzer {

  private final ExpressionAnalyzer expressions;

  PredicateAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  Expression analyze(Predicated node, Names names) {
    Expression value = expressions.analyze(node.getValue(), names);
    Position at = SqlErrors.position(node.getPredicate());
    return switch (node.getPredicate()) {
      case ComparisonPredicate comparison ->
          compare(
              operator(comparison.getOperator()),
              value,
              expressions.analyze(comparison.getRight(), names),
              at);
      case DistinctFromPredicate distinct ->
          compare(
              distinct.isNegated() ? Operator.NOT_DISTINCT_FROM : Operator.DISTINCT_FROM,
              value,
              expressions.analyze(distinct.getRight(), names),
              at);
      case IsNullPredicate isNull ->
          negated(isNull.isNegated(), new Expression.IsNull(value, at), at);
      case BetweenPredicate between ->
          negated(between.isNegated(), between(value, between, names, at), at);
      case InPredicate in -> negated(in.isNegated(), in(value, in, names, at), at);
      case LikePredicate like -> negated(like.isNegated(), like(value, like, names, at), at);
      case QuantifiedComparisonPredicate quantified -> quantified(value, quantified, names, at);
      default ->
          throw SqlErrors.unsupported(
              node.getPredicate(), TypeNames.words(node.getPredicate().getClass()));
    };
  }

  static Expression compare(Operator operator, Expression left, Expression right, Position at) {
    ValueType common =
        TypeRules.common(left.type(), right.type())
            .orElseThrow(() -> cannotApply(left, operator.symbol(), right, at));
    boolean ordered =
        operator != Operator.EQUAL
            && operator != Operator.NOT_EQUAL
            && operator != Operator.DISTINCT_FROM
            && operator != Operator.NOT_DISTINCT_FROM;
    if (ordered ? !TypeRules.orderable(common) : !TypeRules.comparable(common)) {
      throw cannotApply(left, operator.symbol(), right, at);
    }
    return new Comparison(
        operator, Conversions.to(left, common), Conversions.to(right, common), at);
  }

  private Expression between(Expression value, BetweenPredicate node, Names names, Position at) {
    if (node.isSymmetric()) {
      throw SqlErrors.unsupported(node, "BETWEEN SYMMETRIC");
    }
    Expression low = expressions.analyze(node.getMin(), names);
    Expression high = expressions.analyze(node.getMax(), names);
    ValueType common =
        TypeRules.common(value.type(), low.type())
            .flatMap(type -> TypeRules.common(type, high.type()))
            .filter(TypeRules::orderable)
            .orElseThrow(() ->
                SqlErrors.at(
                    at,
                    "Cannot check if %s is BETWEEN %s and %s"
                        .formatted(
                            TypeRules.text(value.type()),
                            TypeRules.text(low.type()),
                            TypeRules.text(high.type()))));
    return new Expression.Between(
        Conversions.to(value, common),
        Conversions.to(low, common),
        Conversions.to(high, common),
        at);
  }

  private Expression in(Expression value, InPredicate node, Names names, Position at) {
    if (!(node.getValueList() instanceof InListExpression list)) {
      Query query = expressions.subquery(node.getValueList(), names);
      ValueType common = common(value, query, at);
      return new Expression.InSubquery(
          Conversions.to(value, common), converted(query, common, at), at);
    }
    List<Expression> all = new ArrayList<>(list.getValues().size() + 1);
    all.add(value);
    for (io.trino.sql.tree.Expression candidate : list.getValues()) {
      all.add(expressions.analyze(candidate, names));
    }
    List<Expression> aligned = Conversions.align(all, "IN value and list items");
    if (!TypeRules.comparable(aligned.getFirst().type())) {
      throw SqlErrors.at(at, "Cannot compare " + TypeRules.text(value.type()) + " with IN");
    }
    return new Expression.In(aligned.getFirst(), aligned.subList(1, aligned.size()), at);
  }

  private Expression like(Expression value, LikePredicate node, Names names, Position at) {
    Expression pattern = text(expressions.analyze(node.getPattern(), names), "LIKE pattern");
    Expression escape = null;
    if (node.getEscape().isPresent()) {
      escape = text(expressions.analyze(node.getEscape().get(), names), "LIKE escape");
      if (escape instanceof Literal.OfString(String mark, Position ignored)
          && mark.codePointCount(0, mark.length()) != 1) {
        throw SqlErrors.at(escape.position(), "Escape string must be a single character");
      }
    }
    return new Expression.Like(text(value, "Left side of LIKE expression"), pattern, escape, at);
  }

  private Expression quantified(
      Expression value, QuantifiedComparisonPredicate node, Names names, Position at) {
    Query query = expressions.subquery(node.getSubquery(), names);
    ValueType common = common(value, query, at);
    Operator operator = operator(node.getOperator());
    if (operator != Operator.EQUAL
        && operator != Operator.NOT_EQUAL
        && !TypeRules.orderable(common)) {
      throw SqlErrors.at(at, "Type %s is not orderable".formatted(TypeRules.text(common)));
    }
    return new Expression.Quantified(
        operator,
        node.getQuantifier() == QuantifiedComparisonPredicate.Quantifier.ALL,
        Conversions.to(value, common),
        converted(query, common, at),
        at);
  }

  private Query converted(Query query, ValueType type, Position at) {
    return ConvertedQueries.to(query, type, expressions.analysis(), at);
  }

  /** The type in which a value and the only column of a query are compared. */
  private static ValueType common(Expression value, Query query, Position at) {
    if (query.columns().size() != 1) {
      throw SqlErrors.at(at, "Subquery must give one column, but gives " + query.columns().size());
    }
    ValueType type = query.columns().getFirst().type();
    return TypeRules.common(value.type(), type)
        .filter(TypeRules::comparable)
        .orElseThrow(() ->
            SqlErrors.at(
                at,
                "value and result of subquery must be of the same type: %s vs %s"
                    .formatted(TypeRules.text(value.type()), TypeRules.text(type))));
  }

  private static Expression text(Expression expression, String what) {
    if (TypeRules.conversionCost(expression.type(), Scalar.VARCHAR) < 0) {
      throw SqlErrors.mustBe(expression.position(), what, "a varchar", expression.type());
    }
    return Conversions.to(expression, Scalar.VARCHAR);
  }

  private static Expression negated(boolean negated, Expression expression, Position at) {
    return negated ? new Expression.Not(expression, at) : expression;
  }

  private static RuntimeException cannotApply(
      Expression left, String symbol, Expression right, Position at) {
    return SqlErrors.at(
        at,
        "Cannot apply operator: %s %s %s"
            .formatted(TypeRules.text(left.type()), symbol, TypeRules.text(right.type())));
  }

  private static Operator operator(ComparisonPredicate.Operator operator) {
    return switch (operator) {
      case EQUAL -> Operator.EQUAL;
      case NOT_EQUAL -> Operator.NOT_EQUAL;
      case LESS_THAN -> Operator.LESS;
      case LESS_THAN_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      case GREATER_THAN -> Operator.GREATER;
      case GREATER_THAN_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
    };
  }
}
