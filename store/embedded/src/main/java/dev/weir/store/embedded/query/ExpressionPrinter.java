// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.SortKey;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.function.JavaFunction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints expressions as the engine's SQL. Everything is put in parentheses that needs some. */
final class ExpressionPrinter {

  /**
   * Characters at most that a call takes in the engine's SQL. Some functions name an argument
   * several times, so nested ones grow with the power of their depth.
   */
  private static final int CALL_CHARS_MAX = 2_000_000;

  private final Function<Query, String> subqueries;
  private final LambdaPrinter lambdas = new LambdaPrinter(this::print);
  private final WindowPrinter windows = new WindowPrinter(this);
  private final Map<Expression, String> standIns = new IdentityHashMap<>();
  private int triesAround;

  /**
   * A printer.
   *
   * @param subqueries prints a query inside an expression
   */
  ExpressionPrinter(Function<Query, String> subqueries) {
    this.subqueries = subqueries;
  }

  /** The name of a relation in the engine's SQL. */
  static String relation(int number) {
    return "r" + number;
  }

  /** The name of a column of a relation. */
  static String column(int index) {
    return "c" + index;
  }

  String print(Expression expression) {
    String standIn = standIns.get(expression);
    return standIn == null ? written(expression) : standIn;
  }

  private String written(Expression expression) {
    return switch (expression) {
      case Literal literal -> literal(literal);
      case Expression.Column column -> relation(column.relation()) + "." + column(column.index());
      case Expression.OutputReference reference -> column(reference.index());
      case Expression.LambdaVariable variable -> lambdas.variable(variable);
      case Expression.Lambda lambda -> lambdas.lambda(lambda);
      case Expression.Call call -> call(call);
      case Expression.Comparison comparison ->
          ArithmeticPrinter.print(comparison, print(comparison.left()), print(comparison.right()));
      case Expression.Logical logical ->
          joined(logical.terms(), logical.and() ? " AND " : " OR ", "(", ")");
      case Expression.Not not -> "(NOT " + print(not.value()) + ")";
      case Expression.Arithmetic arithmetic ->
          ArithmeticPrinter.print(
              arithmetic, operand(arithmetic.left()), print(arithmetic.right()));
      case Expression.Negate negate -> "(- " + operand(negate.value()) + ")";
      case Expression.Between between ->
          "(%s BETWEEN %s AND %s)"
              .formatted(print(between.value()), print(between.low()), print(between.high()));
      case Expression.In in ->
          "(" + print(in.value()) + " IN " + joined(in.candidates(), ", ", "(", "))");
      case Expression.Like like -> like(like);
      case Expression.IsNull isNull -> "(" + print(isNull.value()) + " IS NULL)";
      case Expression.Case choice -> choice(choice);
      case Expression.Coalesce coalesce -> joined(coalesce.candidates(), ", ", "coalesce(", ")");
      case Expression.NullIf nullIf ->
          "nullif(%s, %s)".formatted(print(nullIf.value()), print(nullIf.unwanted()));
      case Expression.Try tried -> tried(tried);
      case Expression.Cast cast -> CastPrinter.print(cast, print(cast.value()));
      case Expression.ArrayOf array ->
          "CAST(%s AS %s)"
              .formatted(joined(array.elements(), ", ", "[", "]"), SqlTypes.of(array.type()));
      case Expression.RowOf row -> row(row);
      case Expression.Subscript subscript ->
          ArrayFunctions.subscript(print(subscript.array()), print(subscript.index()));
      case Expression.Field field -> "(%s).f%d".formatted(print(field.row()), field.index());
      case Expression.ScalarSubquery subquery -> "(" + subqueries.apply(subquery.query()) + ")";
      case Expression.Exists exists -> "(EXISTS (" + subqueries.apply(exists.query()) + "))";
      case Expression.InSubquery in ->
          "(%s IN (%s))".formatted(print(in.value()), subqueries.apply(in.query()));
      case Expression.Quantified quantified ->
          "(%s %s %s (%s))"
              .formatted(
                  print(quantified.value()),
                  quantified.operator().symbol(),
                  quantified.all() ? "ALL" : "ANY",
                  subqueries.apply(quantified.query()));
    };
  }

  String sortKeys(List<SortKey> keys) {
    return keys.stream()
        .map(key ->
            sortKey(key.expression())
                + (key.descending() ? " DESC" : " ASC")
                + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
        .collect(Collectors.joining(", "));
  }

  /** A whole output column is named by its number: a name might be that of a source's column. */
  private String sortKey(Expression key) {
    return key instanceof Expression.OutputReference(int index, var _, var _)
        ? Integer.toString(index + 1)
        : print(key);
  }

  static StoreException unsupported(Position position, String what) {
    return new StoreException(
        Kind.BAD_REQUEST,
        "%s: %s is not supported by the embedded store".formatted(position, what));
  }

  private static String literal(Literal literal) {
    return switch (literal) {
      case Literal.OfLong of when of.value() == Long.MIN_VALUE -> "(-9223372036854775807 - 1)";
      case Literal.OfLong of -> "%d::%s".formatted(of.value(), SqlTypes.of(of.type()));
      case Literal.OfDouble of -> "'" + of.value() + "'::DOUBLE";
      case Literal.OfString of -> SqlTypes.literal(of.value());
      case Literal.OfBoolean of -> of.value() ? "TRUE" : "FALSE";
      case Literal.OfNull of -> "CAST(NULL AS " + SqlTypes.of(of.type()) + ")";
    };
  }

  private String tried(Expression.Try tried) {
    List<Expression> folded = new ArrayList<>();
    if (!Tries.findFolded(tried.value(), folded)) {
      return within(tried);
    }
    // The engine refuses aggregates inside of TRY: they are computed before it.
    List<String> values = folded.stream().map(this::print).toList();
    StringBuilder row = new StringBuilder("{");
    for (int i = 0; i < folded.size(); i++) {
      row.append(i == 0 ? "'f" : ", 'f").append(i).append("': ").append(values.get(i));
      standIns.put(folded.get(i), "t.f" + i);
    }
    String sql = Let.in("t", row.append('}').toString(), _ -> within(tried));
    folded.forEach(standIns::remove);
    return sql;
  }

  private String within(Expression.Try tried) {
    triesAround++;
    String value = print(tried.value());
    triesAround--;
    return Tries.print(tried, value);
  }

  private String operand(Expression expression) {
    String value = print(expression);
    boolean whole = expression.type() == Scalar.BIGINT || expression.type() == Scalar.INTEGER;
    return triesAround > 0 && whole ? Tries.operand((Scalar) expression.type(), value) : value;
  }

  private String call(Expression.Call call) {
    String sql = lambdas.print(call);
    if (sql == null) {
      List<String> arguments = call.arguments().stream().map(this::print).toList();
      sql =
          call.function().kind() == FunctionTable.Kind.SCALAR
              ? FunctionPrinter.print(call, arguments)
              : AggregatePrinter.print(
                  call,
                  arguments,
                  call.orderBy().isEmpty() ? "" : " ORDER BY " + sortKeys(call.orderBy()),
                  call.filter() == null ? null : print(call.filter()),
                  call.window() == null ? "" : " OVER (" + windows.print(call.window()) + ")");
    }
    if (sql.length() > CALL_CHARS_MAX) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "%s: the call of %s takes more than %d characters once it is written out; nest fewer calls"
              .formatted(call.position(), call.function().name(), CALL_CHARS_MAX));
    }
    return FunctionPrinter.needsCast(call)
        ? "CAST(" + sql + " AS " + SqlTypes.of(call.type()) + ")"
        : sql;
  }

  private String like(Expression.Like like) {
    String value = print(like.value());
    String pattern = print(like.pattern());
    return like.escape() == null
        ? "(" + value + " LIKE " + pattern + ")"
        : JavaFunction.sql("like", value, pattern, print(Objects.requireNonNull(like.escape())));
  }

  private String choice(Expression.Case choice) {
    StringBuilder sql = new StringBuilder("(CASE");
    if (choice.operand() != null) {
      sql.append(' ').append(print(choice.operand()));
    }
    for (Expression.When when : choice.whens()) {
      sql.append(" WHEN ").append(print(when.condition()));
      sql.append(" THEN ").append(print(when.result()));
    }
    if (choice.otherwise() != null) {
      sql.append(" ELSE ").append(print(choice.otherwise()));
    }
    return sql.append(" END)").toString();
  }

  private String row(Expression.RowOf row) {
    StringBuilder sql = new StringBuilder("{");
    for (int i = 0; i < row.fields().size(); i++) {
      sql.append(i == 0 ? "'f" : ", 'f").append(i).append("': ");
      sql.append(print(row.fields().get(i)));
    }
    return sql.append('}').toString();
  }

  private String joined(
      List<Expression> expressions, String separator, String prefix, String suffix) {
    return expressions.stream()
        .map(this::print)
        .collect(Collectors.joining(separator, prefix, suffix));
  }
}
