// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Position;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.SortKey;
import io.trino.sql.tree.AllRows;
import io.trino.sql.tree.Except;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Intersect;
import io.trino.sql.tree.Limit;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Offset;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Union;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Queries with their common tables, and the bodies that are not a plain SELECT. */
final class QueryAnalyzer {

  private final Analysis analysis;
  private final CommonTables commonTables;

  QueryAnalyzer(Analysis analysis, CommonTables commonTables) {
    this.analysis = analysis;
    this.commonTables = commonTables;
  }

  /** A query that may see the columns of {@code outer}. */
  Query analyze(io.trino.sql.tree.Query node, Names outer) {
    if (!node.getFunctions().isEmpty() || !node.getSessionProperties().isEmpty()) {
      throw SqlErrors.unsupported(node, "a session property or a function of one's own");
    }
    CommonTables tables = commonTables;
    List<Query.CommonTable> with = new ArrayList<>();
    if (node.getWith().isPresent()) {
      if (node.getWith().get().isRecursive()) {
        throw SqlErrors.unsupported(node.getWith().get(), "WITH RECURSIVE");
      }
      for (WithQuery query : node.getWith().get().getQueries()) {
        Query.CommonTable table = commonTable(query, tables, with, outer);
        with.add(table);
        tables = tables.and(table);
      }
    }
    QueryAnalyzer inner = new QueryAnalyzer(analysis, tables);
    Body body = inner.body(node.getQueryBody(), outer);
    noOffset(node.getOffset());
    List<OutputColumn> columns = body.columns();
    List<SortKey> orderBy =
        node.getOrderBy().isEmpty()
            ? List.of()
            : inner.outputOrder(node.getOrderBy().get(), columns);
    return new Query(with, body, orderBy, limit(node.getLimit()), columns);
  }

  /** A body that stands as a relation. */
  Query analyzeBody(QueryBody node, Names outer) {
    Body body = body(node, outer);
    return new Query(List.of(), body, List.of(), null, body.columns());
  }

  CommonTables commonTables() {
    return commonTables;
  }

  private Query.CommonTable commonTable(
      WithQuery node, CommonTables tables, List<Query.CommonTable> siblings, Names outer) {
    String name = node.getName().getValue();
    if (siblings.stream().anyMatch(sibling -> sibling.name().equalsIgnoreCase(name))) {
      throw SqlErrors.at(node, "WITH query name '" + name + "' specified more than once");
    }
    Query query = new QueryAnalyzer(analysis, tables).analyze(node.getQuery(), outer);
    if (node.getColumnNames().isPresent()) {
      query = renamed(query, node.getColumnNames().get(), node);
    }
    return new Query.CommonTable(analysis.nextCommonTable(), name, query);
  }

  private static Query renamed(Query query, List<Identifier> names, Node node) {
    if (names.size() != query.columns().size()) {
      throw SqlErrors.at(
          node,
          "WITH column alias list has %d entries but query has %d columns"
              .formatted(names.size(), query.columns().size()));
    }
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new OutputColumn(names.get(i).getValue(), query.columns().get(i).type()));
    }
    return new Query(query.with(), query.body(), query.orderBy(), query.limit(), columns);
  }

  private Body body(QueryBody node, Names outer) {
    return switch (node) {
      case QuerySpecification select -> new SelectAnalyzer(analysis, this).analyze(select, outer);
      case TableSubquery subquery -> analyze(subquery.getQuery(), outer);
      case SetOperation operation -> setOperation(operation, outer);
      case Values values -> values(values, outer);
      default -> throw SqlErrors.unsupported(node, TypeNames.words(node.getClass()));
    };
  }

  private Body setOperation(SetOperation node, Names outer) {
    Body.SetOperation.Kind kind =
        switch (node) {
          case Union ignored -> Body.SetOperation.Kind.UNION;
          case Intersect ignored -> Body.SetOperation.Kind.INTERSECT;
          case Except ignored -> Body.SetOperation.Kind.EXCEPT;
          default -> throw SqlErrors.unsupported(node, TypeNames.words(node.getClass()));
        };
    if (node.getCorresponding().isPresent()) {
      throw SqlErrors.unsupported(node, "CORRESPONDING");
    }
    List<Body> inputs = new ArrayList<>();
    for (Relation relation : node.getRelations()) {
      if (!(relation instanceof QueryBody input)) {
        throw SqlErrors.at(relation, "a query is expected here");
      }
      inputs.add(body(input, outer));
    }
    List<OutputColumn> columns = new ArrayList<>(inputs.getFirst().columns());
    for (Body input : inputs.subList(1, inputs.size())) {
      meet(columns, input.columns(), kind, node);
    }
    Position at = SqlErrors.position(node);
    List<ValueType> types = columns.stream().map(OutputColumn::type).toList();
    inputs.replaceAll(input -> ConvertedQueries.to(input, types, analysis, at));
    return new Body.SetOperation(kind, node.isDistinct(), inputs, columns, at);
  }

  private static void meet(
      List<OutputColumn> columns,
      List<OutputColumn> others,
      Body.SetOperation.Kind kind,
      Node node) {
    if (columns.size() != others.size()) {
      throw SqlErrors.at(
          node,
          "%s query has different number of fields: %d, %d"
              .formatted(kind, columns.size(), others.size()));
    }
    for (int i = 0; i < columns.size(); i++) {
      ValueType left = columns.get(i).type();
      ValueType right = others.get(i).type();
      // Text does not become a time here: whole columns would fail on the first odd value.
      boolean mixed =
          left != right
              && (left == Scalar.VARCHAR || right == Scalar.VARCHAR)
              && left != Scalar.UNKNOWN
              && right != Scalar.UNKNOWN;
      Optional<ValueType> common = mixed ? Optional.empty() : TypeRules.common(left, right);
      if (common.isEmpty()) {
        throw SqlErrors.at(
            node,
            "column %d in %s query has incompatible types: %s, %s"
                .formatted(i + 1, kind, TypeRules.text(left), TypeRules.text(right)));
      }
      columns.set(i, new OutputColumn(columns.get(i).name(), common.get()));
    }
  }

  private Body values(Values node, Names outer) {
    ExpressionAnalyzer expressions = new ExpressionAnalyzer(analysis, this);
    List<List<Expression>> rows = new ArrayList<>();
    for (io.trino.sql.tree.Expression row : node.getRows()) {
      List<Expression> values = new ArrayList<>();
      if (row instanceof Row whole) {
        for (Row.Field field : whole.getFields()) {
          values.add(expressions.analyze(field.getExpression(), outer));
        }
      } else {
        values.add(expressions.analyze(row, outer));
      }
      values.forEach(value -> Aggregation.forbid(value, "VALUES"));
      if (!rows.isEmpty() && rows.getFirst().size() != values.size()) {
        throw SqlErrors.at(
            row,
            "Values rows have mismatched sizes: %d vs %d"
                .formatted(rows.getFirst().size(), values.size()));
      }
      rows.add(values);
    }
    return aligned(rows, node);
  }

  private static Body aligned(List<List<Expression>> rows, Values node) {
    List<OutputColumn> columns = new ArrayList<>();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int index = column;
      List<Expression> values =
          Conversions.align(rows.stream().map(row -> row.get(index)).toList(), "Values");
      for (int row = 0; row < rows.size(); row++) {
        rows.get(row).set(column, values.get(row));
      }
      columns.add(new OutputColumn("_col" + column, values.getFirst().type()));
    }
    return new Body.Values(rows, columns, SqlErrors.position(node));
  }

  /** Sort keys behind a set operation: names or numbers of its columns. */
  private List<SortKey> outputOrder(OrderBy node, List<OutputColumn> columns) {
    List<Names.Entry> entries = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      OutputColumn column = columns.get(i);
      entries.add(
          new Names.Entry(
              List.of(),
              column.name(),
              new Expression.OutputReference(i, column.type(), SqlErrors.position(node))));
    }
    Names names = new Names(entries, null);
    ExpressionAnalyzer expressions = new ExpressionAnalyzer(analysis, this);
    List<SortKey> keys = new ArrayList<>();
    for (SortItem item : node.getSortItems()) {
      Expression key =
          item.getSortKey() instanceof LongLiteral ordinal
              ? ordinal(ordinal, columns, "ORDER BY")
              : expressions.analyze(item.getSortKey(), names);
      Aggregation.forbid(key, "ORDER BY clause of a set operation");
      keys.add(WindowAnalyzer.key(key, item));
    }
    return keys;
  }

  /** A column by its number, counted from 1. */
  static Expression.OutputReference ordinal(
      LongLiteral node, List<OutputColumn> columns, String clause) {
    long number = node.getParsedValue();
    if (number < 1 || number > columns.size()) {
      throw SqlErrors.at(node, clause + " position " + number + " is not in select list");
    }
    int index = (int) number - 1;
    return new Expression.OutputReference(
        index, columns.get(index).type(), SqlErrors.position(node));
  }

  static @Nullable Long limit(Optional<Node> node) {
    if (node.isEmpty()) {
      return null;
    }
    if (node.get() instanceof Limit limit) {
      if (limit.getRowCount() instanceof AllRows) {
        return null;
      }
      if (limit.getRowCount() instanceof LongLiteral number) {
        return number.getParsedValue();
      }
    }
    throw SqlErrors.at(
        node.get(), "a limit other than LIMIT with a number or ALL is not supported");
  }

  static void noOffset(Optional<Offset> node) {
    if (node.isPresent()) {
      throw SqlErrors.at(
          node.get(), "OFFSET is not supported; read on with the NextToken of a page");
    }
  }
}
