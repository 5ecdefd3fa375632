// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import io.trino.sql.tree.CompositeIntervalQualifier;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IntervalDataType;
import io.trino.sql.tree.IntervalField;
import io.trino.sql.tree.RowDataType;
import io.trino.sql.tree.SimpleIntervalQualifier;
import io.trino.sql.tree.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Types as CAST and literals name them, and what can be cast into what. */
final class TypeNames {

  private TypeNames() {}

  static ValueType type(DataType node) {
    return switch (node) {
      case GenericDataType generic -> generic(generic);
      case DateTimeDataType time -> {
        if (time.isWithTimeZone()) {
          throw SqlErrors.at(node, "Unknown type: times have no time zone");
        }
        yield time.getType() == DateTimeDataType.Type.TIMESTAMP ? Scalar.TIMESTAMP : Scalar.TIME;
      }
      case RowDataType row -> {
        List<ValueType.Field> fields = new ArrayList<>();
        for (RowDataType.Field field : row.getFields()) {
          fields.add(
              new ValueType.Field(
                  field.getName().map(Identifier::getValue).orElse(null), type(field.getType())));
        }
        yield new ValueType.RowOf(fields);
      }
      case IntervalDataType interval ->
          months(
                  switch (interval.qualifier()) {
                    case SimpleIntervalQualifier simple -> simple.getField();
                    case CompositeIntervalQualifier composite -> composite.getFrom();
                    default -> throw unknown(node, node.toString());
                  })
              ? Scalar.INTERVAL_YEAR_TO_MONTH
              : Scalar.INTERVAL_DAY_TO_SECOND;
      default -> throw unknown(node, node.toString());
    };
  }

  static boolean months(IntervalField field) {
    return field instanceof IntervalField.Year || field instanceof IntervalField.Month;
  }

  /** {@code TIMESTAMP '…'}, {@code DATE '…'} and the like. */
  static Literal literal(GenericLiteral node, Position at) {
    String text = node.getValue();
    return switch (node.getType().toLowerCase(Locale.ROOT)) {
      case SqlTokens.DURATION -> DurationText.literal(text, at);
      case "timestamp" -> new Literal.OfLong(TimeText.timestamp(text, at), Scalar.TIMESTAMP, at);
      case "date" -> new Literal.OfLong(TimeText.date(text, at), Scalar.DATE, at);
      case "time" -> new Literal.OfLong(TimeText.time(text, at), Scalar.TIME, at);
      case "varchar" -> new Literal.OfString(text, at);
      case "double" -> {
        try {
          yield new Literal.OfDouble(Double.parseDouble(text), at);
        } catch (NumberFormatException e) {
          throw SqlErrors.at(at, "'" + text + "' is not a valid double literal");
        }
      }
      case "bigint", "integer", "int" -> integer(node, at);
      case "boolean" -> new Literal.OfBoolean(Boolean.parseBoolean(text), at);
      default -> throw unknown(node, node.getType());
    };
  }

  /** Whether CAST knows the way. */
  static boolean castable(ValueType from, ValueType to) {
    if (TypeRules.conversionCost(from, to) >= 0) {
      return true;
    }
    if (from instanceof Scalar source && to instanceof Scalar target) {
      return scalarsCastable(source, target);
    }
    if (from instanceof ValueType.ArrayOf source && to instanceof ValueType.ArrayOf target) {
      return castable(source.element(), target.element());
    }
    if (from instanceof ValueType.RowOf source && to instanceof ValueType.RowOf target) {
      if (source.fields().size() != target.fields().size()) {
        return false;
      }
      for (int i = 0; i < source.fields().size(); i++) {
        if (!castable(source.fields().get(i).type(), target.fields().get(i).type())) {
          return false;
        }
      }
      return true;
    }
    return false;
  }

  /** The name of a class of the parser's tree as words, for messages. */
  static String words(Class<?> type) {
    return type.getSimpleName()
        .replaceAll("(Expression|Predicate)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(Locale.ROOT);
  }

  private static boolean scalarsCastable(Scalar from, Scalar to) {
    return switch (to) {
      case VARCHAR -> true;
      case BOOLEAN, BIGINT, INTEGER, DOUBLE ->
          from == Scalar.VARCHAR || from == Scalar.BOOLEAN || TypeRules.numeric(from);
      case TIMESTAMP -> from == Scalar.VARCHAR || from == Scalar.DATE || from == Scalar.TIME;
      case DATE -> from == Scalar.VARCHAR || from == Scalar.TIMESTAMP;
      case TIME -> from == Scalar.VARCHAR || from == Scalar.TIMESTAMP;
      default -> from == Scalar.VARCHAR;
    };
  }

  private static ValueType generic(GenericDataType node) {
    String name = node.getName().getValue().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "varchar", "char" -> Scalar.VARCHAR;
      case "boolean" -> Scalar.BOOLEAN;
      case "bigint" -> Scalar.BIGINT;
      case "integer", "int", "smallint", "tinyint" -> Scalar.INTEGER;
      case "double", "real", "decimal" -> Scalar.DOUBLE;
      case "date" -> Scalar.DATE;
      case "array", "timeseries" -> {
        if (node.getArguments().size() != 1
            || !(node.getArguments().getFirst() instanceof TypeParameter parameter)) {
          throw unknown(node, name);
        }
        ValueType part = type(parameter.getValue());
        yield name.equals("array") ? new ValueType.ArrayOf(part) : new ValueType.TimeSeriesOf(part);
      }
      default -> throw unknown(node, node.getName().getValue());
    };
  }

  private static Literal integer(GenericLiteral node, Position at) {
    try {
      boolean big = node.getType().equalsIgnoreCase("bigint");
      long value = Long.parseLong(node.getValue());
      return new Literal.OfLong(
          big ? value : Math.toIntExact(value), big ? Scalar.BIGINT : Scalar.INTEGER, at);
    } catch (NumberFormatException | ArithmeticException e) {
      throw SqlErrors.at(
          at, "'" + node.getValue() + "' is not a valid " + node.getType() + " literal");
    }
  }

  private static RuntimeException unknown(io.trino.sql.tree.Node node, String name) {
    return SqlErrors.at(node, "Unknown type: " + name);
  }
}
