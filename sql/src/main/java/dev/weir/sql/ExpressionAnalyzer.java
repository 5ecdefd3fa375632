// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Query;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.AtTimeZone;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.CoalesceExpression;
import io.trino.sql.tree.CurrentDate;
import io.trino.sql.tree.CurrentTime;
import io.trino.sql.tree.CurrentTimestamp;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Extract;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.GroupingOperation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.LocalTime;
import io.trino.sql.tree.LocalTimestamp;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.NotExpression;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.Predicated;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.StaticMethodCall;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.SubscriptExpression;
import io.trino.sql.tree.Trim;
import io.trino.sql.tree.TryExpression;
import io.trino.sql.tree.WhenClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns one expression of the parser's tree into one of ours: resolves its names, gives every part
 * a type, spells out conversions and folds time constants.
 */
final class ExpressionAnalyzer {

  private final Analysis analysis;
  private final QueryAnalyzer queries;
  private final CallAnalyzer calls;
  private final PredicateAnalyzer predicates;

  ExpressionAnalyzer(Analysis analysis, QueryAnalyzer queries) {
    this.analysis = analysis;
    this.queries = queries;
    this.calls = new CallAnalyzer(analysis, this);
    this.predicates = new PredicateAnalyzer(this);
  }

  Expression analyze(io.trino.sql.tree.Expression node, Names names) {
    Position at = SqlErrors.position(node);
    return switch (node) {
      case Identifier identifier -> NameAnalyzer.column(identifier, names);
      case DereferenceExpression dereference -> NameAnalyzer.dotted(dereference, names, this);
      case LogicalExpression logical -> logical(logical, names, at);
      case Predicated predicated -> predicates.analyze(predicated, names);
      case NotExpression not ->
          new Expression.Not(
              condition(not.getValue(), names, "Value of logical NOT expression"), at);
      case FunctionCall call -> calls.analyze(call, names);
      case ArithmeticBinaryExpression binary ->
          ArithmeticAnalyzer.binary(
              binary, analyze(binary.getLeft(), names), analyze(binary.getRight(), names));
      case ArithmeticUnaryExpression unary ->
          ArithmeticAnalyzer.unary(unary, analyze(unary.getValue(), names));
      case Cast cast -> cast(cast, names, at);
      case SubscriptExpression subscript -> subscript(subscript, names, at);
      case Array array -> array(array, names, at);
      case Row row -> row(row, names, at);
      case ExistsPredicate exists ->
          new Expression.Exists(subquery(exists.getSubquery(), names), at);
      case SubqueryExpression subquery -> scalarSubquery(subquery, names, at);
      case LambdaExpression lambda ->
          throw SqlErrors.at(lambda, "a lambda can only be the argument of a function");
      case IfExpression conditional -> conditional(conditional, names, at);
      case SearchedCaseExpression searched -> searchedCase(searched, names, at);
      case SimpleCaseExpression simple -> simpleCase(simple, names, at);
      case CoalesceExpression coalesce -> coalesce(coalesce, names, at);
      case NullIfExpression nullIf -> nullIf(nullIf, names, at);
      case TryExpression attempt ->
          new Expression.Try(analyze(attempt.getInnerExpression(), names), at);
      case Extract extract ->
          calls.call(
              extract.getField().name().toLowerCase(Locale.ROOT),
              List.of(analyze(extract.getExpression(), names)),
              at);
      case AtTimeZone zone ->
          calls.call(
              "at_timezone",
              List.of(analyze(zone.getValue(), names), analyze(zone.getTimeZone(), names)),
              at);
      case Trim trim -> trim(trim, names, at);
      case GroupingOperation grouping ->
          calls.grouping(all(grouping.getGroupingColumns(), names), at);
      case StaticMethodCall method ->
          throw SqlErrors.at(
              method,
              "Column '%s::%s' does not exist"
                  .formatted(method.getType(), method.getMethod().getValue()));
      case GenericLiteral placeholder when LabelSetTokens.isPlaceholder(placeholder) ->
          LabelSetTokens.condition(placeholder, analysis.tokens(), names);
      case GenericLiteral parameter when ParameterTokens.isPlaceholder(parameter) ->
          analysis.parameter(parameter.getValue(), at);
      default -> constant(node, at);
    };
  }

  /** An expression that must be a boolean; {@code what} begins the message. */
  Expression condition(io.trino.sql.tree.Expression node, Names names, String what) {
    Expression condition = analyze(node, names);
    if (TypeRules.conversionCost(condition.type(), Scalar.BOOLEAN) < 0) {
      throw SqlErrors.mustBe(condition.position(), what, "a boolean", condition.type());
    }
    return Conversions.to(condition, Scalar.BOOLEAN);
  }

  /** A query inside of an expression, which may see the columns around it. */
  Query subquery(io.trino.sql.tree.Expression node, Names names) {
    if (node instanceof SubqueryExpression subquery) {
      return queries.analyze(subquery.getQuery(), names);
    }
    throw SqlErrors.at(node, "a subquery is expected here");
  }

  Analysis analysis() {
    return analysis;
  }

  CallAnalyzer calls() {
    return calls;
  }

  private Expression constant(io.trino.sql.tree.Expression node, Position at) {
    return switch (node) {
      case StringLiteral literal -> new Literal.OfString(literal.getValue(), at);
      case LongLiteral literal -> {
        long value = literal.getParsedValue();
        boolean small = value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
        yield new Literal.OfLong(value, small ? Scalar.INTEGER : Scalar.BIGINT, at);
      }
      case DoubleLiteral literal -> new Literal.OfDouble(literal.getValue(), at);
      // Timestream has no decimals: 1.5 is a double.
      case DecimalLiteral literal -> decimal(literal, at);
      case BooleanLiteral literal -> new Literal.OfBoolean(literal.getValue(), at);
      case NullLiteral ignored -> new Literal.OfNull(Scalar.UNKNOWN, at);
      case GenericLiteral literal -> TypeNames.literal(literal, at);
      case IntervalLiteral literal -> IntervalText.literal(literal, at);
      case CurrentTimestamp ignored -> now(Scalar.TIMESTAMP, at);
      case LocalTimestamp ignored -> now(Scalar.TIMESTAMP, at);
      case CurrentDate ignored -> now(Scalar.DATE, at);
      case CurrentTime ignored -> now(Scalar.TIME, at);
      case LocalTime ignored -> now(Scalar.TIME, at);
      default -> throw SqlErrors.unsupported(node, TypeNames.words(node.getClass()));
    };
  }

  private static Literal decimal(DecimalLiteral literal, Position at) {
    try {
      return new Literal.OfDouble(Double.parseDouble(literal.getValue()), at);
    } catch (NumberFormatException e) {
      throw SqlErrors.at(at, "'" + literal.getValue() + "' is not a valid decimal literal");
    }
  }

  private Literal now(Scalar type, Position at) {
    long nanos = analysis.nowNanos();
    long nanosPerDay = 86_400_000_000_000L;
    return new Literal.OfLong(
        switch (type) {
          case DATE -> Math.floorDiv(nanos, nanosPerDay);
          case TIME -> Math.floorMod(nanos, nanosPerDay);
          default -> nanos;
        },
        type,
        at);
  }

  private Expression logical(LogicalExpression logical, Names names, Position at) {
    boolean and = logical.getOperator() == LogicalExpression.Operator.AND;
    List<Expression> terms = new ArrayList<>(logical.getTerms().size());
    for (io.trino.sql.tree.Expression term : logical.getTerms()) {
      Expression condition = condition(term, names, "Logical expression term");
      if (condition instanceof Expression.Logical inner && inner.and() == and) {
        terms.addAll(inner.terms());
      } else {
        terms.add(condition);
      }
    }
    return new Expression.Logical(and, terms, at);
  }

  private Expression cast(Cast cast, Names names, Position at) {
    Expression value = analyze(cast.getExpression(), names);
    ValueType type = TypeNames.type(cast.getType());
    if (!TypeNames.castable(value.type(), type)) {
      throw SqlErrors.at(
          at, "Cannot cast %s to %s".formatted(TypeRules.text(value.type()), TypeRules.text(type)));
    }
    // What is no timestamp fails when the query runs, where TRY can catch it.
    if (type == Scalar.TIMESTAMP
        && value instanceof Literal.OfString(String text, Position ignored)
        && TimeText.parseTimestamp(text).isPresent()) {
      return Conversions.to(value, type);
    }
    return value.type().equals(type) ? value : new Expression.Cast(value, type, cast.isSafe(), at);
  }

  private Expression subscript(SubscriptExpression subscript, Names names, Position at) {
    Expression base = analyze(subscript.getBase(), names);
    Expression index = analyze(subscript.getIndex(), names);
    if (base.type() instanceof ValueType.RowOf(List<ValueType.Field> fields)) {
      if (index instanceof Literal.OfLong number
          && number.value() >= 1
          && number.value() <= fields.size()) {
        int field = (int) number.value() - 1;
        return new Expression.Field(base, field, fields.get(field).type(), at);
      }
      throw SqlErrors.at(
          index.position(), "the index into a row must be a constant from 1 to " + fields.size());
    }
    if (!(base.type() instanceof ValueType.ArrayOf(ValueType element))) {
      throw SqlErrors.at(
          at, "Cannot use subscript on " + TypeRules.text(base.type()) + ": it is not an array");
    }
    if (TypeRules.conversionCost(index.type(), Scalar.BIGINT) < 0) {
      throw SqlErrors.mustBe(index.position(), "Subscript", "a bigint", index.type());
    }
    return new Expression.Subscript(base, Conversions.to(index, Scalar.BIGINT), element, at);
  }

  private Expression array(Array array, Names names, Position at) {
    if (array.getValues().isEmpty()) {
      return new Expression.ArrayOf(List.of(), new ValueType.ArrayOf(Scalar.UNKNOWN), at);
    }
    List<Expression> elements =
        Conversions.align(all(array.getValues(), names), "All ARRAY elements");
    return new Expression.ArrayOf(elements, new ValueType.ArrayOf(elements.getFirst().type()), at);
  }

  private Expression row(Row row, Names names, Position at) {
    List<Expression> values = new ArrayList<>();
    List<ValueType.Field> fields = new ArrayList<>();
    for (Row.Field field : row.getFields()) {
      Expression value = analyze(field.getExpression(), names);
      values.add(value);
      fields.add(
          new ValueType.Field(
              field.getName().map(Identifier::getValue).orElse(null), value.type()));
    }
    return new Expression.RowOf(values, new ValueType.RowOf(fields), at);
  }

  private Expression scalarSubquery(SubqueryExpression node, Names names, Position at) {
    Query query = subquery(node, names);
    if (query.columns().size() != 1) {
      throw SqlErrors.at(at, "Subquery must give one column, but gives " + query.columns().size());
    }
    return new Expression.ScalarSubquery(query, at);
  }

  private Expression conditional(IfExpression node, Names names, Position at) {
    Expression condition = condition(node.getCondition(), names, "IF condition");
    List<Expression> results = new ArrayList<>();
    results.add(analyze(node.getTrueValue(), names));
    node.getFalseValue().ifPresent(value -> results.add(analyze(value, names)));
    return cases(null, List.of(condition), results, node.getFalseValue().isPresent(), at);
  }

  private Expression searchedCase(SearchedCaseExpression node, Names names, Position at) {
    List<Expression> conditions = new ArrayList<>();
    List<Expression> results = new ArrayList<>();
    for (WhenClause when : node.getWhenClauses()) {
      conditions.add(condition(operand(when), names, "CASE WHEN clause"));
      results.add(analyze(when.getResult(), names));
    }
    node.getDefaultValue().ifPresent(value -> results.add(analyze(value, names)));
    return cases(null, conditions, results, node.getDefaultValue().isPresent(), at);
  }

  private Expression simpleCase(SimpleCaseExpression node, Names names, Position at) {
    List<Expression> compared = new ArrayList<>();
    compared.add(analyze(node.getOperand(), names));
    List<Expression> results = new ArrayList<>();
    for (WhenClause when : node.getWhenClauses()) {
      compared.add(analyze(operand(when), names));
      results.add(analyze(when.getResult(), names));
    }
    node.getDefaultValue().ifPresent(value -> results.add(analyze(value, names)));
    List<Expression> aligned = Conversions.align(compared, "CASE operands");
    return cases(
        aligned.getFirst(),
        aligned.subList(1, aligned.size()),
        results,
        node.getDefaultValue().isPresent(),
        at);
  }

  private static io.trino.sql.tree.Expression operand(WhenClause when) {
    if (when.getMatch().node() instanceof io.trino.sql.tree.Expression operand) {
      return operand;
    }
    throw SqlErrors.unsupported(when, "a predicate after WHEN");
  }

  private static Expression cases(
      @Nullable Expression operand,
      List<Expression> conditions,
      List<Expression> results,
      boolean lastIsDefault,
      Position at) {
    List<Expression> aligned = Conversions.align(results, "All CASE results");
    List<Expression.When> whens = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      whens.add(new Expression.When(conditions.get(i), aligned.get(i)));
    }
    return new Expression.Case(
        operand, whens, lastIsDefault ? aligned.getLast() : null, aligned.getFirst().type(), at);
  }

  private Expression coalesce(CoalesceExpression node, Names names, Position at) {
    List<Expression> candidates =
        Conversions.align(all(node.getOperands(), names), "All COALESCE operands");
    return new Expression.Coalesce(candidates, candidates.getFirst().type(), at);
  }

  private Expression nullIf(NullIfExpression node, Names names, Position at) {
    Expression first = analyze(node.getFirst(), names);
    List<Expression> both =
        Conversions.align(List.of(first, analyze(node.getSecond(), names)), "Types of NULLIF");
    if (both.getFirst().equals(first)) {
      return new Expression.NullIf(first, both.getLast(), at);
    }
    // They are compared in their common type, but the result is of the first's.
    Expression equal =
        new Expression.Comparison(
            Expression.Comparison.Operator.EQUAL, both.getFirst(), both.getLast(), at);
    return new Expression.Case(
        null,
        List.of(new Expression.When(equal, new Literal.OfNull(first.type(), at))),
        first,
        first.type(),
        at);
  }

  private Expression trim(Trim trim, Names names, Position at) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(analyze(trim.getTrimSource(), names));
    trim.getTrimCharacter().ifPresent(characters -> arguments.add(analyze(characters, names)));
    return calls.call(trim.getSpecification().getFunctionName(), arguments, at);
  }

  private List<Expression> all(List<io.trino.sql.tree.Expression> nodes, Names names) {
    List<Expression> all = new ArrayList<>(nodes.size());
    for (io.trino.sql.tree.Expression node : nodes) {
      all.add(analyze(node, names));
    }
    return all;
  }
}
