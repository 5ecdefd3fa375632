// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.BadValueException;
import dev.weir.store.embedded.function.JavaFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls that take lambdas, over arrays and time series. Where the engine has no lambda of the same
 * shape, a parameter stands for a field of another one. Belongs to one {@link ExpressionPrinter}.
 */
final class LambdaPrinter {

  /** Characters at most that a text has which {@code reduce} makes step by step. */
  private static final int STATE_CHARACTERS_MAX = 1_000_000;

  private final Function<Expression, String> expressions;
  private final Map<Integer, String> standIns = new HashMap<>();

  LambdaPrinter(Function<Expression, String> expressions) {
    this.expressions = expressions;
  }

  String variable(Expression.LambdaVariable variable) {
    return standIns.getOrDefault(variable.number(), own(variable));
  }

  String lambda(Expression.Lambda lambda) {
    StringBuilder sql = new StringBuilder("lambda ");
    for (Expression.LambdaVariable parameter : lambda.parameters()) {
      sql.append(sql.length() == 7 ? "" : ", ").append(own(parameter));
    }
    return sql.append(": ").append(expressions.apply(lambda.body())).toString();
  }

  /** The call, or null where it is none of these. */
  @Nullable String print(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    return switch (call.function().name()) {
      case "filter" -> over("list_filter", arguments);
      case "transform" -> transform(arguments);
      case "any_match" -> matched(arguments, "TRUE", "TRUE", "FALSE");
      case "all_match" -> matched(arguments, "FALSE", "FALSE", "TRUE");
      case "none_match" -> matched(arguments, "TRUE", "FALSE", "TRUE");
      case "zip_with" -> zipWith(call);
      case "reduce" -> reduce(arguments);
      default -> null;
    };
  }

  private String transform(List<Expression> arguments) {
    Expression.Lambda lambda = (Expression.Lambda) arguments.get(1);
    return "list_transform(%s, lambda %s: %s)"
        .formatted(
            expressions.apply(arguments.get(0)),
            own(lambda.parameters().getFirst()),
            bounded(lambda, own(lambda.parameters().getFirst()), false));
  }

  /**
   * The body of a lambda that is called for each element. An engine that holds a list does not ask
   * how long it gets: arrays of arrays are counted by the query, the text of a state is measured.
   *
   * @param variable a parameter; it keeps the count from being made once for all elements
   */
  private String bounded(Expression.Lambda lambda, String variable, boolean state) {
    String body = expressions.apply(lambda.body());
    if (lambda.body().type() instanceof ValueType.ArrayOf) {
      return Let.in(
          "v",
          body,
          v ->
              "CASE WHEN %s THEN %s END"
                  .formatted(
                      JavaFunction.sql("made", "len(" + v + ")", "(" + variable + ") IS NULL"), v));
    }
    if (state && lambda.body().type() == Scalar.VARCHAR) {
      return Let.in(
          "v",
          body,
          v ->
              "CASE WHEN len(%1$s) <= %2$d THEN %1$s ELSE CAST(%3$s AS VARCHAR) END"
                  .formatted(
                      v,
                      STATE_CHARACTERS_MAX,
                      BadValueException.raising(
                          "the state of reduce is longer than "
                              + STATE_CHARACTERS_MAX
                              + " characters")));
    }
    return body;
  }

  private String over(String function, List<Expression> arguments) {
    return "%s(%s, %s)"
        .formatted(
            function, expressions.apply(arguments.get(0)), expressions.apply(arguments.get(1)));
  }

  /** One deciding answer settles it; otherwise an unknown one leaves it open. */
  private String matched(
      List<Expression> arguments, String deciding, String decided, String otherwise) {
    return Let.in(
        "v",
        over("list_transform", arguments),
        v ->
            ("CASE WHEN %1$s IS NULL THEN NULL WHEN list_contains(%1$s, %2$s) THEN %3$s"
                    + " WHEN list_count(%1$s) < len(%1$s) THEN NULL ELSE %4$s END")
                .formatted(v, deciding, decided, otherwise));
  }

  private String zipWith(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    Expression.Lambda lambda = (Expression.Lambda) arguments.get(2);
    Expression.LambdaVariable first = lambda.parameters().get(0);
    Expression.LambdaVariable second = lambda.parameters().get(1);
    ValueType pairs =
        new ValueType.ArrayOf(
            new ValueType.RowOf(
                List.of(
                    new ValueType.Field(null, first.type()),
                    new ValueType.Field(null, second.type()))));
    String pair = own(first);
    standIns.put(first.number(), pair + ".f0");
    standIns.put(second.number(), pair + ".f1");
    String body = bounded(lambda, pair, false);
    return "list_transform(%s, lambda %s: %s)"
        .formatted(
            Let.in(
                List.of(expressions.apply(arguments.get(0)), expressions.apply(arguments.get(1))),
                v -> ArrayFunctions.zipped(v, pairs)),
            pair,
            body);
  }

  /**
   * The engine folds a list into a value of the type of its elements, so a state of another type
   * travels beside them in a row.
   */
  private String reduce(List<Expression> arguments) {
    Expression.Lambda step = (Expression.Lambda) arguments.get(2);
    Expression.Lambda end = (Expression.Lambda) arguments.get(3);
    String list = expressions.apply(arguments.get(0));
    String start = expressions.apply(arguments.get(1));
    Expression.LambdaVariable state = step.parameters().get(0);
    Expression.LambdaVariable element = step.parameters().get(1);
    boolean sameType = state.type().equals(element.type());
    String folded;
    if (sameType) {
      folded =
          "list_reduce(%s, lambda %s, %s: %s, %s)"
              .formatted(list, own(state), own(element), bounded(step, own(element), true), start);
    } else {
      String stateType = SqlTypes.of(state.type());
      String elementType = SqlTypes.of(element.type());
      standIns.put(state.number(), own(state) + ".f0");
      standIns.put(element.number(), own(element) + ".f1");
      String pair = "{'f0': CAST(%s AS " + stateType + "), 'f1': CAST(%s AS " + elementType + ")}";
      folded =
          "list_reduce(list_transform(%s, lambda x: %s), lambda %s, %s: %s, %s).f0"
              .formatted(
                  list,
                  pair.formatted("NULL", "x"),
                  own(state),
                  own(element),
                  pair.formatted(bounded(step, own(element) + ".f1", true), "NULL"),
                  pair.formatted(start, "NULL"));
    }
    Expression.LambdaVariable result = end.parameters().getFirst();
    if (result.equals(end.body())) {
      return folded;
    }
    return Let.in(own(result), folded, _ -> expressions.apply(end.body()));
  }

  private static String own(Expression.LambdaVariable variable) {
    return "l" + variable.number();
  }
}
