// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.function.FunctionTable.Function;
import dev.weir.sql.function.FunctionTable.Kind;
import dev.weir.sql.function.Signature;
import dev.weir.sql.function.TypeBindings;
import dev.weir.sql.function.TypePattern;
import dev.weir.sql.function.TypePattern.LambdaPattern;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.SortKey;
import dev.weir.sql.tree.Trees;
import dev.weir.sql.tree.Window;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LambdaArgumentDeclaration;
import io.trino.sql.tree.LambdaExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the function and the signature that a call means. */
final class CallAnalyzer {

  private final Analysis analysis;
  private final ExpressionAnalyzer expressions;
  private final WindowAnalyzer windows;

  CallAnalyzer(Analysis analysis, ExpressionAnalyzer expressions) {
    this.analysis = analysis;
    this.expressions = expressions;
    this.windows = new WindowAnalyzer(expressions);
  }

  WindowAnalyzer windows() {
    return windows;
  }

  private sealed interface Argument {}

  private record Value(Expression expression) implements Argument {}

  /** Analyzed only when a signature says the types of its parameters. */
  private record Untyped(LambdaExpression lambda) implements Argument {}

  Expression analyze(FunctionCall node, Names names) {
    Position at = SqlErrors.position(node);
    List<Identifier> parts = node.getName().getOriginalParts();
    Function function = find(parts.getLast().getValue(), at);
    if (parts.size() != 1 || node.getProcessingMode().isPresent() || node.hasNamedArguments()) {
      throw notRegistered(node.getName().toString(), at);
    }
    List<Argument> arguments = new ArrayList<>();
    for (io.trino.sql.tree.Expression argument : node.argumentValues()) {
      arguments.add(
          argument instanceof LambdaExpression lambda
              ? new Untyped(lambda)
              : new Value(expressions.analyze(argument, names)));
    }
    checkForm(node, function, at);
    Window window =
        node.getWindow().isEmpty() ? null : windows.analyze(node.getWindow().get(), names);
    Expression filter =
        node.getFilter().isEmpty()
            ? null
            : expressions.condition(node.getFilter().get(), names, "FILTER expression");
    List<SortKey> orderBy = new ArrayList<>();
    if (node.getOrderBy().isPresent()) {
      orderBy.addAll(windows.sortKeys(node.getOrderBy().get(), names));
    }
    boolean ignoreNulls =
        node.getNullTreatment()
            .filter(treatment -> treatment == FunctionCall.NullTreatment.IGNORE)
            .isPresent();
    Resolved resolved = resolve(function, arguments, names, at);
    Expression.Call call =
        new Expression.Call(
            function,
            resolved.arguments(),
            node.isDistinct(),
            filter,
            orderBy,
            ignoreNulls,
            window,
            resolved.type(),
            at);
    CallChecks.check(call);
    return Constants.fold(call, analysis.nowNanos());
  }

  /** A plain call that stands for other syntax, such as EXTRACT. */
  Expression call(String name, List<Expression> values, Position at) {
    Function function = find(name, at);
    List<Argument> arguments = new ArrayList<>();
    values.forEach(value -> arguments.add(new Value(value)));
    Resolved resolved = resolve(function, arguments, Names.NONE, at);
    return Constants.fold(
        new Expression.Call(
            function,
            resolved.arguments(),
            false,
            null,
            List.of(),
            false,
            null,
            resolved.type(),
            at),
        analysis.nowNanos());
  }

  /** {@code grouping(…)}: its arguments are named, not computed, and may be of any types. */
  Expression grouping(List<Expression> keys, Position at) {
    return new Expression.Call(
        find(Aggregation.GROUPING, at),
        keys.stream().map(key -> NameAnalyzer.at(key, at)).toList(),
        false,
        null,
        List.of(),
        false,
        null,
        ValueType.Scalar.BIGINT,
        at);
  }

  private static Function find(String name, Position at) {
    return FunctionTable.standard().find(name).orElseThrow(() -> notRegistered(name, at));
  }

  private static void checkForm(FunctionCall node, Function function, Position at) {
    boolean window = node.getWindow().isPresent();
    if (function.kind() == Kind.WINDOW && !window) {
      throw SqlErrors.at(at, "Window function " + function.name() + " must have an OVER clause");
    }
    if (function.kind() == Kind.SCALAR) {
      if (window) {
        throw SqlErrors.at(at, function.name() + " is not a window or aggregate function");
      }
      if (node.isDistinct()) {
        throw SqlErrors.at(at, "DISTINCT is not supported for non-aggregation functions");
      }
    }
    if (!function.aggregate() && (node.getFilter().isPresent() || node.getOrderBy().isPresent())) {
      throw SqlErrors.at(at, "FILTER and ORDER BY are only valid for aggregation functions");
    }
    if (window && node.isDistinct()) {
      throw SqlErrors.at(at, "DISTINCT in window function parameters is not supported");
    }
    if (node.getNullTreatment().isPresent() && function.kind() != Kind.WINDOW) {
      throw SqlErrors.at(at, "IGNORE NULLS and RESPECT NULLS are only valid for window functions");
    }
  }

  private record Resolved(List<Expression> arguments, ValueType type) {}

  private Resolved resolve(Function function, List<Argument> arguments, Names names, Position at) {
    Signature best = null;
    int lowest = Integer.MAX_VALUE;
    for (Signature signature : function.signatures()) {
      int cost = cost(signature, arguments);
      if (cost >= 0 && cost < lowest) {
        best = signature;
        lowest = cost;
      }
    }
    if (best == null) {
      throw unexpected(function, arguments, at);
    }
    TypeBindings bindings = new TypeBindings();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Value(Expression value)) {
        bindings.fit(best.parameter(i), value.type());
      }
    }
    List<Expression> converted = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      TypePattern pattern = best.parameter(i);
      converted.add(
          switch (arguments.get(i)) {
            case Value(Expression value) -> Conversions.to(value, bindings.resolve(pattern));
            case Untyped(LambdaExpression lambda) ->
                lambda(lambda, (LambdaPattern) pattern, bindings, names);
          });
    }
    return new Resolved(converted, bindings.resolve(best.result()));
  }

  private static int cost(Signature signature, List<Argument> arguments) {
    if (!signature.takes(arguments.size())) {
      return -1;
    }
    TypeBindings bindings = new TypeBindings();
    int sum = 0;
    for (int i = 0; i < arguments.size(); i++) {
      TypePattern pattern = signature.parameter(i);
      int cost =
          switch (arguments.get(i)) {
            case Value(Expression value) ->
                pattern instanceof LambdaPattern ? -1 : bindings.fit(pattern, value.type());
            case Untyped ignored -> pattern instanceof LambdaPattern ? 0 : -1;
          };
      if (cost < 0) {
        return -1;
      }
      sum += cost;
    }
    return sum;
  }

  private Expression lambda(
      LambdaExpression node, LambdaPattern pattern, TypeBindings bindings, Names names) {
    List<LambdaArgumentDeclaration> declared = node.getArguments();
    Position at = SqlErrors.position(node);
    if (declared.size() != pattern.parameters().size()) {
      throw SqlErrors.at(
          at,
          "the lambda must have %d parameters, but has %d"
              .formatted(pattern.parameters().size(), declared.size()));
    }
    List<Expression.LambdaVariable> variables = new ArrayList<>();
    List<Names.Entry> entries = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      String name = declared.get(i).getName().getValue();
      Expression.LambdaVariable variable =
          new Expression.LambdaVariable(
              analysis.nextLambdaVariable(),
              name,
              bindings.resolve(pattern.parameters().get(i)),
              SqlErrors.position(declared.get(i)));
      variables.add(variable);
      entries.add(new Names.Entry(List.of(), name, variable));
    }
    Expression body = expressions.analyze(node.getBody(), names.inside(entries));
    Aggregation.forbid(body, "Lambda expression");
    Trees.eachExpression(
        body,
        part -> {
          if (Trees.query(part).isPresent()) {
            throw SqlErrors.at(part.position(), "Lambda expression cannot contain subqueries");
          }
        });
    if (bindings.fit(pattern.result(), body.type()) < 0) {
      throw SqlErrors.mustBe(
          body.position(),
          "the lambda",
          TypeRules.text(bindings.resolve(pattern.result())),
          body.type());
    }
    return new Expression.Lambda(
        variables, Conversions.to(body, bindings.resolve(pattern.result())), at);
  }

  private static RuntimeException notRegistered(String name, Position at) {
    return SqlErrors.at(at, "Function '" + name + "' not registered");
  }

  private static RuntimeException unexpected(
      Function function, List<Argument> arguments, Position at) {
    String actual =
        arguments.stream()
            .map(argument ->
                switch (argument) {
                  case Value(Expression value) -> TypeRules.text(value.type());
                  case Untyped ignored -> "lambda";
                })
            .collect(Collectors.joining(", "));
    String expected =
        function.signatures().stream().map(Signature::text).collect(Collectors.joining("; "));
    return SqlErrors.at(
        at,
        "Unexpected parameters (%s) for function %s. Expected: %s"
            .formatted(actual, function.name(), expected));
  }
}
