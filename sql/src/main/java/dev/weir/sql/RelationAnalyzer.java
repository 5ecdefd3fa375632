// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import dev.weir.store.TableDescription;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** FROM: relations, and the names that they bring into sight. */
final class RelationAnalyzer {

  private final Analysis analysis;
  private final QueryAnalyzer queries;
  private final ExpressionAnalyzer expressions;

  RelationAnalyzer(Analysis analysis, QueryAnalyzer queries, ExpressionAnalyzer expressions) {
    this.analysis = analysis;
    this.queries = queries;
    this.expressions = expressions;
  }

  /** A relation and the names of its columns; the names around them are those that were given. */
  record Result(Relation relation, Names names) {}

  Result analyze(io.trino.sql.tree.Relation node, Names outer) {
    return relation(node, outer, outer.inside(List.of()));
  }

  /**
   * A relation.
   *
   * @param outer the names around the query
   * @param left the names of the relations to the left, for UNNEST and LATERAL
   */
  private Result relation(io.trino.sql.tree.Relation node, Names outer, Names left) {
    return switch (node) {
      case AliasedRelation aliased -> aliased(aliased, outer, left);
      case Table table -> table(table, outer);
      case Join join -> join(join, outer, left);
      case Unnest unnest -> unnest(unnest, outer, left);
      case Lateral lateral ->
          subquery(
              queries.analyze(lateral.getQuery(), left), true, outer, SqlErrors.position(node));
      case TableSubquery subquery ->
          subquery(
              queries.analyze(subquery.getQuery(), outer), false, outer, SqlErrors.position(node));
      case QueryBody body ->
          subquery(queries.analyzeBody(body, outer), false, outer, SqlErrors.position(node));
      default -> throw SqlErrors.unsupported(node, TypeNames.words(node.getClass()));
    };
  }

  private Result aliased(AliasedRelation node, Names outer, Names left) {
    Result inner = relation(node.getRelation(), outer, left);
    String alias = node.getAlias().getValue();
    List<Names.Entry> entries = inner.names().entries();
    List<Identifier> columns = node.getColumnNames() == null ? List.of() : node.getColumnNames();
    if (!columns.isEmpty() && columns.size() != entries.size()) {
      throw SqlErrors.at(
          node,
          "Column alias list has %d entries but '%s' has %d columns available"
              .formatted(columns.size(), alias, entries.size()));
    }
    List<Names.Entry> renamed = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String name = columns.isEmpty() ? entries.get(i).name() : columns.get(i).getValue();
      Names.Entry entry = entries.get(i).under(alias, name);
      // Messages call a column of a subquery as the query around it does.
      renamed.add(node.getRelation() instanceof TableSubquery ? entry.named() : entry);
    }
    return new Result(inner.relation(), new Names(renamed, outer));
  }

  private Result table(Table node, Names outer) {
    Position at = SqlErrors.position(node);
    if (node.getQueryPeriod().isPresent() || node.getBranch().isPresent()) {
      throw SqlErrors.unsupported(node, "a table version");
    }
    List<CatalogNames.Part> parts =
        node.getName().getOriginalParts().stream()
            .map(part -> new CatalogNames.Part(part.getValue(), SqlErrors.position(part)))
            .toList();
    if (parts.size() == 1) {
      Optional<Query.CommonTable> common = queries.commonTables().find(parts.getFirst().value());
      if (common.isPresent()) {
        int number = analysis.nextRelation();
        return new Result(
            new Relation.CommonTableUse(number, common.get(), at),
            names(
                number,
                common.get().query().columns(),
                List.of(parts.getFirst().value()),
                outer,
                at));
      }
    }
    TableDescription description = analysis.catalog().table(parts);
    int number = analysis.nextRelation();
    List<OutputColumn> columns =
        description.columns().stream()
            .map(column -> new OutputColumn(column.name(), column.type()))
            .toList();
    List<String> qualifiers = List.of(description.name().database(), description.name().table());
    return new Result(
        new Relation.BaseTable(number, description, at),
        names(number, columns, qualifiers, outer, at));
  }

  private Result subquery(Query query, boolean lateral, Names outer, Position at) {
    int number = analysis.nextRelation();
    return new Result(
        new Relation.Subquery(number, query, lateral, at),
        names(number, query.columns(), List.of(), outer, at));
  }

  private Result unnest(Unnest node, Names outer, Names left) {
    Position at = SqlErrors.position(node);
    List<Expression> arguments = new ArrayList<>();
    List<OutputColumn> columns = new ArrayList<>();
    for (io.trino.sql.tree.Expression argument : node.getExpressions()) {
      Expression value = expressions.analyze(argument, left);
      Aggregation.forbid(value, "UNNEST");
      arguments.add(value);
      switch (value.type()) {
        case ValueType.TimeSeriesOf(ValueType type) -> {
          columns.add(new OutputColumn("time", Scalar.TIMESTAMP));
          columns.add(new OutputColumn("value", type));
        }
        case ValueType.ArrayOf(ValueType.RowOf(List<ValueType.Field> fields)) -> {
          for (ValueType.Field field : fields) {
            columns.add(new OutputColumn(fieldName(field, columns.size()), field.type()));
          }
        }
        case ValueType.ArrayOf(ValueType element) ->
            columns.add(new OutputColumn("_col" + columns.size(), element));
        default ->
            throw SqlErrors.at(
                value.position(), "Cannot unnest type: " + TypeRules.text(value.type()));
      }
    }
    if (node.isWithOrdinality()) {
      columns.add(new OutputColumn("ordinality", Scalar.BIGINT));
    }
    int number = analysis.nextRelation();
    return new Result(
        new Relation.Unnest(number, arguments, node.isWithOrdinality(), columns, at),
        names(number, columns, List.of(), outer, at));
  }

  private static String fieldName(ValueType.Field field, int index) {
    String name = field.name();
    return name == null ? "_col" + index : name;
  }

  private Result join(Join node, Names outer, Names left) {
    Result first = relation(node.getLeft(), outer, left);
    Result second = relation(node.getRight(), outer, left.and(first.names()));
    Relation.Join.Kind kind =
        switch (node.getType()) {
          case CROSS, IMPLICIT -> Relation.Join.Kind.CROSS;
          case INNER -> Relation.Join.Kind.INNER;
          case LEFT -> Relation.Join.Kind.LEFT;
          case RIGHT -> Relation.Join.Kind.RIGHT;
          case FULL -> Relation.Join.Kind.FULL;
        };
    Position at = SqlErrors.position(node);
    boolean keepsRight = kind == Relation.Join.Kind.RIGHT || kind == Relation.Join.Kind.FULL;
    if (keepsRight && looksLeft(second.relation())) {
      throw SqlErrors.at(at, kind + " JOIN involving UNNEST or LATERAL is not supported");
    }
    Names both = first.names().and(second.names());
    Expression condition = null;
    if (node.getCriteria().isPresent()) {
      switch (node.getCriteria().get()) {
        case JoinOn on -> {
          condition = expressions.condition(on.getExpression(), both, "JOIN ON clause");
          Aggregation.forbid(condition, "JOIN clause");
        }
        case JoinUsing using -> {
          JoinUsingAnalyzer.Result result =
              JoinUsingAnalyzer.analyze(using, kind, first.names(), second.names(), at);
          condition = result.condition();
          both = result.names();
        }
        default -> throw SqlErrors.at(node, "NATURAL JOIN is not supported; use JOIN … USING (…)");
      }
    }
    return new Result(
        new Relation.Join(kind, first.relation(), second.relation(), condition, at), both);
  }

  /** Whether a relation may see what stands to its left. */
  private static boolean looksLeft(Relation relation) {
    return switch (relation) {
      case Relation.Unnest _ -> true;
      case Relation.Subquery subquery -> subquery.lateral();
      case Relation.Join join -> looksLeft(join.left()) || looksLeft(join.right());
      case Relation.BaseTable _, Relation.CommonTableUse _ -> false;
    };
  }

  private static Names names(
      int number,
      List<OutputColumn> columns,
      List<String> qualifiers,
      @Nullable Names outer,
      Position at) {
    List<Names.Entry> entries = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      OutputColumn column = columns.get(i);
      entries.add(
          new Names.Entry(
              qualifiers,
              column.name(),
              new Expression.Column(number, i, column.name(), column.type(), at)));
    }
    return new Names(entries, outer);
  }
}
