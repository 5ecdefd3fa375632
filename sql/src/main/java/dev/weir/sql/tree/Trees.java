// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Walks trees. */
public final class Trees {

  private Trees() {}

  /** The subquery of an expression that has one. */
  public static Optional<Query> query(Expression expression) {
    return switch (expression) {
      case Expression.ScalarSubquery subquery -> Optional.of(subquery.query());
      case Expression.Exists exists -> Optional.of(exists.query());
      case Expression.InSubquery in -> Optional.of(in.query());
      case Expression.Quantified quantified -> Optional.of(quantified.query());
      default -> Optional.empty();
    };
  }

  /** The numbers of the relations that a FROM clause joins, subqueries not entered. */
  public static Set<Integer> numbers(Relation relation) {
    Set<Integer> numbers = new HashSet<>();
    addNumbers(relation, numbers);
    return numbers;
  }

  /** Visits an expression and all below it, those in subqueries included. */
  public static void eachExpression(Expression expression, Consumer<Expression> visitor) {
    visitor.accept(expression);
    for (Expression child : expression.children()) {
      eachExpression(child, visitor);
    }
    query(expression).ifPresent(query -> eachExpression(query, visitor));
  }

  /** Visits every expression of a query, at any depth. */
  public static void eachExpression(Query query, Consumer<Expression> visitor) {
    query.with().forEach(table -> eachExpression(table.query(), visitor));
    eachExpression(query.body(), visitor);
    query.orderBy().forEach(key -> eachExpression(key.expression(), visitor));
  }

  /** Visits every relation of a query, at any depth. */
  public static void eachRelation(Query query, Consumer<Relation> visitor) {
    query.with().forEach(table -> eachRelation(table.query(), visitor));
    eachRelation(query.body(), visitor);
    eachExpression(
        query, expression -> query(expression).ifPresent(inner -> eachRelation(inner, visitor)));
  }

  private static void eachExpression(Body body, Consumer<Expression> visitor) {
    switch (body) {
      case Query query -> eachExpression(query, visitor);
      case Body.SetOperation operation ->
          operation.inputs().forEach(input -> eachExpression(input, visitor));
      case Body.Values values ->
          values.rows().forEach(row -> row.forEach(value -> eachExpression(value, visitor)));
      case Body.Select select -> eachExpression(select, visitor);
    }
  }

  private static void eachExpression(Body.Select select, Consumer<Expression> visitor) {
    select.projections().forEach(projection -> eachExpression(projection.expression(), visitor));
    if (select.from() != null) {
      eachExpression(select.from(), visitor);
    }
    if (select.where() != null) {
      eachExpression(select.where(), visitor);
    }
    if (select.grouping() != null) {
      select.grouping().keys().forEach(key -> eachExpression(key, visitor));
    }
    if (select.having() != null) {
      eachExpression(select.having(), visitor);
    }
    select.orderBy().forEach(key -> eachExpression(key.expression(), visitor));
  }

  private static void eachExpression(Relation relation, Consumer<Expression> visitor) {
    switch (relation) {
      case Relation.Join join -> {
        eachExpression(join.left(), visitor);
        eachExpression(join.right(), visitor);
        if (join.condition() != null) {
          eachExpression(join.condition(), visitor);
        }
      }
      case Relation.Unnest unnest ->
          unnest.arguments().forEach(argument -> eachExpression(argument, visitor));
      case Relation.Subquery subquery -> eachExpression(subquery.query(), visitor);
      case Relation.BaseTable ignored -> {}
      case Relation.CommonTableUse ignored -> {}
    }
  }

  private static void eachRelation(Body body, Consumer<Relation> visitor) {
    switch (body) {
      case Query query -> {
        query.with().forEach(table -> eachRelation(table.query(), visitor));
        eachRelation(query.body(), visitor);
      }
      case Body.SetOperation operation ->
          operation.inputs().forEach(input -> eachRelation(input, visitor));
      case Body.Values ignored -> {}
      case Body.Select select -> {
        if (select.from() != null) {
          eachRelation(select.from(), visitor);
        }
      }
    }
  }

  private static void eachRelation(Relation relation, Consumer<Relation> visitor) {
    visitor.accept(relation);
    switch (relation) {
      case Relation.Join join -> {
        eachRelation(join.left(), visitor);
        eachRelation(join.right(), visitor);
      }
      case Relation.Subquery subquery -> {
        subquery.query().with().forEach(table -> eachRelation(table.query(), visitor));
        eachRelation(subquery.query().body(), visitor);
      }
      case Relation.Unnest ignored -> {}
      case Relation.BaseTable ignored -> {}
      case Relation.CommonTableUse ignored -> {}
    }
  }

  private static void addNumbers(Relation relation, Set<Integer> numbers) {
    switch (relation) {
      case Relation.BaseTable table -> numbers.add(table.number());
      case Relation.Subquery subquery -> numbers.add(subquery.number());
      case Relation.CommonTableUse use -> numbers.add(use.number());
      case Relation.Unnest unnest -> numbers.add(unnest.number());
      case Relation.Join join -> {
        addNumbers(join.left(), numbers);
        addNumbers(join.right(), numbers);
      }
    }
  }
}
