// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import dev.weir.query.ValueType;
import dev.weir.sql.function.FunctionTable.Function;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a known type at a known place. Implicit conversions are spelled out as {@link Cast}s,
 * {@code EXTRACT}, {@code IF}, {@code ||} and NOT-variants of predicates as the calls and nodes
 * that they stand for.
 */
public sealed interface Expression permits Literal, Expression.Compound, Expression.Reference {

  ValueType type();

  Position position();

  /** The expressions right below, in the order of the text; subqueries are not entered. */
  default List<Expression> children() {
    return List.of();
  }

  /** Names a value that is made elsewhere. */
  sealed interface Reference extends Expression {}

  /** Has parts. */
  sealed interface Compound extends Expression {}

  /** Column {@code index} of relation number {@code relation}; the name is for messages. */
  record Column(int relation, int index, String name, ValueType type, Position position)
      implements Reference {}

  /** In ORDER BY: projection {@code index} of the select, or column of the set operation. */
  record OutputReference(int index, ValueType type, Position position) implements Reference {}

  /** A parameter of the lambda around it; the number is distinct within the statement. */
  record LambdaVariable(int number, String name, ValueType type, Position position)
      implements Reference {}

  /** {@code (x, y) -> body}; its type is the type of the body. */
  record Lambda(List<LambdaVariable> parameters, Expression body, Position position)
      implements Compound {
    public Lambda {
      parameters = List.copyOf(parameters);
    }

    @Override
    public ValueType type() {
      return body.type();
    }

    @Override
    public List<Expression> children() {
      return List.of(body);
    }
  }

  /**
   * A call of an entry of the function table.
   *
   * @param arguments cast to the types of the signature; {@code count(*)} has none
   * @param filter for aggregates, {@code FILTER (WHERE …)}
   * @param orderBy for aggregates, the order in which rows are taken
   * @param ignoreNulls for window functions such as {@code lag}
   * @param window non-null for a window call
   */
  record Call(
      Function function,
      List<Expression> arguments,
      boolean distinct,
      @Nullable Expression filter,
      List<SortKey> orderBy,
      boolean ignoreNulls,
      @Nullable Window window,
      ValueType type,
      Position position)
      implements Compound {
    public Call {
      arguments = List.copyOf(arguments);
      orderBy = List.copyOf(orderBy);
    }

    /** Whether it folds the rows of a group into one value. */
    public boolean aggregates() {
      return window == null && function.aggregate();
    }

    @Override
    public List<Expression> children() {
      List<Expression> all = new ArrayList<>(arguments);
      if (filter != null) {
        all.add(filter);
      }
      orderBy.forEach(key -> all.add(key.expression()));
      if (window != null) {
        all.addAll(window.partitionBy());
        window.orderBy().forEach(key -> all.add(key.expression()));
        window.addBounds(all);
      }
      return all;
    }
  }

  /** {@code = <> < <= > >=} and {@code IS [NOT] DISTINCT FROM}; both sides have one type. */
  record Comparison(Operator operator, Expression left, Expression right, Position position)
      implements Compound {

    /** The operators. */
    public enum Operator {
      EQUAL("="),
      NOT_EQUAL("<>"),
      LESS("<"),
      LESS_OR_EQUAL("<="),
      GREATER(">"),
      GREATER_OR_EQUAL(">="),
      DISTINCT_FROM("IS DISTINCT FROM"),
      NOT_DISTINCT_FROM("IS NOT DISTINCT FROM");

      private final String symbol;

      Operator(String symbol) {
        this.symbol = symbol;
      }

      /** As in SQL. */
      public String symbol() {
        return symbol;
      }
    }

    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return List.of(left, right);
    }
  }

  /** A flat AND or OR of two terms or more. */
  record Logical(boolean and, List<Expression> terms, Position position) implements Compound {
    public Logical {
      terms = List.copyOf(terms);
    }

    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return terms;
    }
  }

  /** NOT. */
  record Not(Expression value, Position position) implements Compound {
    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }

  /**
   * {@code + - * / %}: numbers of one type, or a TIMESTAMP, DATE or TIME and an interval, or two
   * intervals of one kind, or (minus) two timestamps.
   */
  record Arithmetic(
      Operator operator, Expression left, Expression right, ValueType type, Position position)
      implements Compound {

    /** The operators. */
    public enum Operator {
      ADD("+"),
      SUBTRACT("-"),
      MULTIPLY("*"),
      DIVIDE("/"),
      MODULO("%");

      private final String symbol;

      Operator(String symbol) {
        this.symbol = symbol;
      }

      /** As in SQL. */
      public String symbol() {
        return symbol;
      }
    }

    @Override
    public List<Expression> children() {
      return List.of(left, right);
    }
  }

  /** Unary minus. */
  record Negate(Expression value, Position position) implements Compound {
    @Override
    public ValueType type() {
      return value.type();
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }

  /** {@code value BETWEEN low AND high}, all of one type. */
  record Between(Expression value, Expression low, Expression high, Position position)
      implements Compound {
    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return List.of(value, low, high);
    }
  }

  /** {@code value IN (…)}, all of one type. */
  record In(Expression value, List<Expression> candidates, Position position) implements Compound {
    public In {
      candidates = List.copyOf(candidates);
    }

    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      List<Expression> all = new ArrayList<>(candidates.size() + 1);
      all.add(value);
      all.addAll(candidates);
      return all;
    }
  }

  /** {@code value LIKE pattern [ESCAPE escape]}. */
  record Like(Expression value, Expression pattern, @Nullable Expression escape, Position position)
      implements Compound {
    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return escape == null ? List.of(value, pattern) : List.of(value, pattern, escape);
    }
  }

  /** {@code value IS NULL}. */
  record IsNull(Expression value, Position position) implements Compound {
    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }

  /**
   * CASE and IF. With an operand, the conditions are the values that it is compared with.
   *
   * @param otherwise null for NULL
   */
  record Case(
      @Nullable Expression operand,
      List<When> whens,
      @Nullable Expression otherwise,
      ValueType type,
      Position position)
      implements Compound {
    public Case {
      whens = List.copyOf(whens);
    }

    @Override
    public List<Expression> children() {
      List<Expression> all = new ArrayList<>();
      if (operand != null) {
        all.add(operand);
      }
      for (When when : whens) {
        all.add(when.condition());
        all.add(when.result());
      }
      if (otherwise != null) {
        all.add(otherwise);
      }
      return all;
    }
  }

  /** One branch of a {@link Case}. */
  record When(Expression condition, Expression result) {}

  /** The first that is not NULL. */
  record Coalesce(List<Expression> candidates, ValueType type, Position position)
      implements Compound {
    public Coalesce {
      candidates = List.copyOf(candidates);
    }

    @Override
    public List<Expression> children() {
      return candidates;
    }
  }

  /** NULL where both are equal, else the first. */
  record NullIf(Expression value, Expression unwanted, Position position) implements Compound {
    @Override
    public ValueType type() {
      return value.type();
    }

    @Override
    public List<Expression> children() {
      return List.of(value, unwanted);
    }
  }

  /** NULL where the evaluation fails. */
  record Try(Expression value, Position position) implements Compound {
    @Override
    public ValueType type() {
      return value.type();
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }

  /**
   * CAST, TRY_CAST ({@code safe}: NULL where it fails), or a conversion that the analyzer added.
   */
  record Cast(Expression value, ValueType type, boolean safe, Position position)
      implements Compound {
    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }

  /** {@code ARRAY[…]}. */
  record ArrayOf(List<Expression> elements, ValueType.ArrayOf type, Position position)
      implements Compound {
    public ArrayOf {
      elements = List.copyOf(elements);
    }

    @Override
    public List<Expression> children() {
      return elements;
    }
  }

  /** {@code ROW(…)}. */
  record RowOf(List<Expression> fields, ValueType.RowOf type, Position position)
      implements Compound {
    public RowOf {
      fields = List.copyOf(fields);
    }

    @Override
    public List<Expression> children() {
      return fields;
    }
  }

  /** {@code array[index]}, counted from 1. */
  record Subscript(Expression array, Expression index, ValueType type, Position position)
      implements Compound {
    @Override
    public List<Expression> children() {
      return List.of(array, index);
    }
  }

  /** Field {@code index} (from 0) of a row. */
  record Field(Expression row, int index, ValueType type, Position position) implements Compound {
    @Override
    public List<Expression> children() {
      return List.of(row);
    }
  }

  /** A query that gives one column and at most one row. */
  record ScalarSubquery(Query query, Position position) implements Compound {
    @Override
    public ValueType type() {
      return query.columns().getFirst().type();
    }
  }

  /** {@code EXISTS (query)}. */
  record Exists(Query query, Position position) implements Compound {
    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }
  }

  /** {@code value IN (query)}. */
  record InSubquery(Expression value, Query query, Position position) implements Compound {
    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }

  /** {@code value < ALL (query)} and {@code value < ANY (query)}. */
  record Quantified(
      Comparison.Operator operator, boolean all, Expression value, Query query, Position position)
      implements Compound {
    @Override
    public ValueType type() {
      return ValueType.Scalar.BOOLEAN;
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }
  }
}
