// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.sql.Names.NamePart;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Position;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Resolves names and fields of rows. */
final class NameAnalyzer {

  private NameAnalyzer() {}

  static Expression column(Identifier identifier, Names names) {
    return column(part(identifier), names);
  }

  static Expression column(NamePart name, Names names) {
    return resolve(List.of(name), names)
        .orElseThrow(
            () -> SqlErrors.at(name.position(), "Column '" + name.value() + "' does not exist"));
  }

  static Expression dotted(
      DereferenceExpression node, Names names, ExpressionAnalyzer expressions) {
    List<NamePart> parts = new ArrayList<>();
    if (collect(node, parts)) {
      return resolve(parts, names)
          .orElseThrow(() ->
              SqlErrors.at(
                  parts.getFirst().position(), "Column '" + text(parts) + "' does not exist"));
    }
    Identifier field =
        node.getField().orElseThrow(() -> SqlErrors.at(node, "'*' is only allowed in SELECT"));
    return field(expressions.analyze(node.getBase(), names), part(field));
  }

  static NamePart part(Identifier identifier) {
    return new NamePart(
        identifier.getValue(), identifier.isDelimited(), SqlErrors.position(identifier));
  }

  /** The parts of a dotted name; false where something else than names is dotted. */
  static boolean collect(io.trino.sql.tree.Expression node, List<NamePart> parts) {
    return switch (node) {
      case Identifier identifier -> parts.add(part(identifier));
      case DereferenceExpression dereference when dereference.getField().isPresent() ->
          collect(dereference.getBase(), parts) && parts.add(part(dereference.getField().get()));
      default -> false;
    };
  }

  private static Optional<Expression> resolve(List<NamePart> parts, Names names) {
    return names
        .find(parts)
        .map(found -> {
          Expression value = at(found.value(), parts.getFirst().position());
          for (NamePart rest : parts.subList(found.parts(), parts.size())) {
            value = field(value, rest);
          }
          return value;
        });
  }

  /** The same value, used at another place. */
  static Expression at(Expression value, Position position) {
    return switch (value) {
      case Expression.Column(int relation, int index, String name, ValueType type, var ignored) ->
          new Expression.Column(relation, index, name, type, position);
      case Expression.LambdaVariable(int number, String name, ValueType type, var ignored) ->
          new Expression.LambdaVariable(number, name, type, position);
      case Expression.OutputReference(int index, ValueType type, var ignored) ->
          new Expression.OutputReference(index, type, position);
      default -> value;
    };
  }

  private static Expression field(Expression row, NamePart name) {
    if (row.type() instanceof ValueType.RowOf(List<ValueType.Field> fields)) {
      for (boolean exactly : new boolean[] {true, false}) {
        for (int i = 0; i < fields.size(); i++) {
          if (name.matches(fields.get(i).name(), exactly)) {
            return new Expression.Field(row, i, fields.get(i).type(), name.position());
          }
        }
      }
    }
    throw SqlErrors.at(name.position(), "Column '" + name.value() + "' does not exist");
  }

  private static String text(List<NamePart> parts) {
    return parts.stream().map(NamePart::value).collect(Collectors.joining("."));
  }
}
