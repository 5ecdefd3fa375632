// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Body.Grouping;
import dev.weir.sql.tree.Body.Projection;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Relation;
import dev.weir.sql.tree.SortKey;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One SELECT: FROM first, since it makes the names; then WHERE, the select list, GROUP BY (which
 * may name places of the list), HAVING and ORDER BY (which also sees the names that the list
 * gives).
 */
final class SelectAnalyzer {

  private final Analysis analysis;
  private final QueryAnalyzer queries;
  private final ExpressionAnalyzer expressions;

  SelectAnalyzer(Analysis analysis, QueryAnalyzer queries) {
    this.analysis = analysis;
    this.queries = queries;
    this.expressions = new ExpressionAnalyzer(analysis, queries);
  }

  Body.Select analyze(QuerySpecification node, Names outer) {
    Relation from = null;
    Names names = outer.inside(List.of());
    if (node.getFrom().isPresent()) {
      RelationAnalyzer.Result source =
          new RelationAnalyzer(analysis, queries, expressions).analyze(node.getFrom().get(), outer);
      from = source.relation();
      names = source.names();
    }
    expressions.calls().windows().define(node.getWindows());
    Expression where = null;
    if (node.getWhere().isPresent()) {
      where = expressions.condition(node.getWhere().get(), names, "WHERE clause");
      Aggregation.forbid(where, "WHERE clause");
    }
    List<Projection> projections = projections(node.getSelect().getSelectItems(), names);
    Grouping grouping = null;
    if (node.getGroupBy().isPresent()) {
      grouping =
          new GroupByAnalyzer(expressions).analyze(node.getGroupBy().get(), projections, names);
    }
    Expression having = null;
    if (node.getHaving().isPresent()) {
      having = expressions.condition(node.getHaving().get(), names, "HAVING clause");
      Aggregation.forbidWindows(having, "HAVING clause");
    }
    boolean distinct = node.getSelect().isDistinct();
    if (distinct) {
      projections.forEach(SelectAnalyzer::checkComparable);
    }
    List<SortKey> orderBy =
        node.getOrderBy().isEmpty()
            ? List.of()
            : order(node.getOrderBy().get(), projections, names, distinct);
    if (grouping == null && (having != null || aggregates(projections, orderBy))) {
      grouping = new Grouping(List.of(), List.of(List.of()));
    }
    if (grouping != null) {
      Aggregation check = new Aggregation(grouping, from);
      projections.forEach(projection -> check.check(projection.expression()));
      if (having != null) {
        check.check(having);
      }
      orderBy.forEach(key -> check.check(key.expression()));
    }
    QueryAnalyzer.noOffset(node.getOffset());
    return new Body.Select(
        distinct,
        projections,
        from,
        where,
        grouping,
        having,
        orderBy,
        QueryAnalyzer.limit(node.getLimit()),
        SqlErrors.position(node));
  }

  private List<Projection> projections(List<SelectItem> items, Names names) {
    List<Projection> projections = new ArrayList<>();
    for (SelectItem item : items) {
      switch (item) {
        case AllColumns all -> expand(all, names, projections);
        case SingleColumn column -> {
          Expression expression = expressions.analyze(column.getExpression(), names);
          projections.add(
              new Projection(
                  name(column, projections.size()), expression, column.getAlias().isPresent()));
        }
        default -> throw SqlErrors.unsupported(item, TypeNames.words(item.getClass()));
      }
    }
    return projections;
  }

  private void expand(AllColumns all, Names names, List<Projection> projections) {
    if (!all.getAliases().isEmpty()) {
      throw SqlErrors.unsupported(all, "an alias list after *");
    }
    List<Names.Entry> entries = names.entries();
    if (all.getTarget().isPresent()) {
      List<Names.NamePart> qualifier = new ArrayList<>();
      entries =
          NameAnalyzer.collect(all.getTarget().get(), qualifier) ? names.of(qualifier) : List.of();
      if (entries.isEmpty()) {
        throw SqlErrors.at(all, "Unable to resolve reference " + all.getTarget().get());
      }
    }
    if (entries.isEmpty()) {
      throw SqlErrors.at(all, "SELECT * not allowed in queries without FROM clause");
    }
    for (Names.Entry entry : entries) {
      String name = entry.name() == null ? "_col" + projections.size() : entry.name();
      projections.add(new Projection(name, entry.value(), false));
    }
  }

  private static String name(SingleColumn column, int index) {
    if (column.getAlias().isPresent()) {
      return column.getAlias().get().getValue();
    }
    return switch (column.getExpression()) {
      case Identifier identifier -> identifier.getValue();
      case DereferenceExpression dereference when dereference.getField().isPresent() ->
          dereference.getField().get().getValue();
      default -> "_col" + index;
    };
  }

  private static void checkComparable(Projection projection) {
    Expression expression = projection.expression();
    if (!TypeRules.comparable(expression.type())) {
      throw SqlErrors.at(
          expression.position(),
          "DISTINCT can only be applied to comparable types (actual: %s)"
              .formatted(TypeRules.text(expression.type())));
    }
  }

  private List<SortKey> order(
      OrderBy node, List<Projection> projections, Names names, boolean distinct) {
    List<OutputColumn> columns = new ArrayList<>();
    List<Names.Entry> outputs = new ArrayList<>();
    for (Projection projection : projections) {
      columns.add(new OutputColumn(projection.name(), projection.expression().type()));
      outputs.add(new Names.Entry(List.of(), projection.name(), projection.expression()));
    }
    Names sight = names.inside(outputs);
    List<SortKey> keys = new ArrayList<>();
    for (SortItem item : node.getSortItems()) {
      Expression key =
          item.getSortKey() instanceof LongLiteral ordinal
              ? QueryAnalyzer.ordinal(ordinal, columns, "ORDER BY")
              : expressions.analyze(item.getSortKey(), sight);
      Optional<Expression> output = output(key, projections);
      if (distinct && output.isEmpty()) {
        throw SqlErrors.at(
            item, "For SELECT DISTINCT, ORDER BY expressions must appear in select list");
      }
      keys.add(WindowAnalyzer.key(output.orElse(key), item));
    }
    return keys;
  }

  private static Optional<Expression> output(Expression key, List<Projection> projections) {
    if (key instanceof Expression.OutputReference) {
      return Optional.of(key);
    }
    for (int i = 0; i < projections.size(); i++) {
      if (projections.get(i).expression().equals(key)) {
        return Optional.of(new Expression.OutputReference(i, key.type(), key.position()));
      }
    }
    return Optional.empty();
  }

  private static boolean aggregates(List<Projection> projections, List<SortKey> orderBy) {
    return projections.stream().anyMatch(p -> Aggregation.in(p.expression()))
        || orderBy.stream().anyMatch(key -> Aggregation.in(key.expression()));
  }
}
