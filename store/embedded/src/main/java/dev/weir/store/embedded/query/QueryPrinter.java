// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import dev.weir.sql.tree.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints queries as the engine's SQL. Relation number n is {@code rn}, its columns are {@code c0,
 * c1, …}; so are the columns of every query, whatever their names outside. No name from outside
 * gets in.
 */
final class QueryPrinter {

  /** A text, which stays, or a field of a lambda's parameter. */
  private static final Pattern FIELD_OR_TEXT =
      Pattern.compile("'[^']*+'|\\b([a-z]{1,2}|[kl][0-9]+)\\.(f[0-9]+|[br])\\b");

  private final Tables tables;
  private final ExpressionPrinter expressions = new ExpressionPrinter(this::print);
  private final Fallible fallible = new Fallible();

  /** Gives the rows of stored tables. */
  @FunctionalInterface
  interface Tables {
    /** SQL for a table; {@code conjuncts} are conditions that its rows must fulfil, all of them. */
    String sql(Relation.BaseTable table, List<Expression> conjuncts);
  }

  QueryPrinter(Tables tables) {
    this.tables = tables;
  }

  String print(Query query) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < query.with().size(); i++) {
      Query.CommonTable common = query.with().get(i);
      sql.append(i == 0 ? "WITH " : ", ").append("w").append(common.number());
      sql.append(" AS (").append(print(common.query())).append(')');
      fallible.commonTable(common.number(), common.query());
    }
    sql.append(query.with().isEmpty() ? "" : " ");
    // Over a set operation the engine sorts by columns, but not by what is computed of them.
    boolean computed =
        query.orderBy().stream()
            .anyMatch(key -> !(key.expression() instanceof Expression.OutputReference));
    sql.append(computed ? "SELECT * FROM (" + body(query.body()) + ") AS q" : body(query.body()));
    end(sql, query.orderBy(), query.limit());
    return sql.toString();
  }

  private String body(Body body) {
    return switch (body) {
      case Query query -> "(" + print(query) + ")";
      case Body.Select select -> select(select);
      case Body.SetOperation operation -> {
        String word = " " + operation.kind() + (operation.distinct() ? " " : " ALL ");
        yield operation.inputs().stream()
            .map(input -> "(" + body(input) + ")")
            .collect(Collectors.joining(word));
      }
      case Body.Values values -> {
        List<String> rows = new ArrayList<>();
        for (List<Expression> row : values.rows()) {
          rows.add(
              row.stream().map(expressions::print).collect(Collectors.joining(", ", "(", ")")));
        }
        yield "SELECT * FROM (VALUES %s) AS v(%s)"
            .formatted(String.join(", ", rows), columnNames(values.columns().size()));
      }
    };
  }

  private String select(Body.Select select) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(select.distinct() ? "DISTINCT " : "");
    for (int i = 0; i < select.projections().size(); i++) {
      sql.append(i == 0 ? "" : ", ");
      sql.append(expressions.print(select.projections().get(i).expression()));
      sql.append(" AS ").append(ExpressionPrinter.column(i));
    }
    List<Expression> conjuncts = SeriesPlan.conjuncts(select.where());
    if (select.from() != null) {
      sql.append(" FROM ").append(relation(select.from(), conjuncts));
    }
    if (select.where() != null) {
      sql.append(" WHERE ").append(fallible.all(conjuncts, expressions::print));
    }
    Body.Grouping grouping = select.grouping();
    if (grouping != null && !grouping.keys().isEmpty()) {
      sql.append(" GROUP BY ").append(grouping(grouping));
    }
    if (select.having() != null) {
      sql.append(" HAVING ").append(spelledOut(expressions.print(select.having())));
    }
    end(sql, select.orderBy(), select.limit());
    return sql.toString();
  }

  /** In HAVING the engine takes a field of a lambda's parameter, x.f0, for a column. */
  private static String spelledOut(String having) {
    return FIELD_OR_TEXT
        .matcher(having)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group(1) == null
                    ? found.group()
                    : "struct_extract(" + found.group(1) + ", '" + found.group(2) + "')"));
  }

  private void end(StringBuilder sql, List<SortKey> orderBy, @Nullable Long limit) {
    // The engine refuses constants, which sort nothing anyway.
    List<SortKey> keys =
        orderBy.stream().filter(key -> !(key.expression() instanceof Literal)).toList();
    if (!keys.isEmpty()) {
      sql.append(" ORDER BY ").append(expressions.sortKeys(keys));
    }
    if (limit != null) {
      sql.append(" LIMIT ").append(limit);
    }
  }

  private String grouping(Body.Grouping grouping) {
    List<String> keys = grouping.keys().stream().map(expressions::print).toList();
    if (grouping.simple()) {
      return String.join(", ", keys);
    }
    return grouping.sets().stream()
        .map(set -> set.stream().map(keys::get).collect(Collectors.joining(", ", "(", ")")))
        .collect(Collectors.joining(", ", "GROUPING SETS (", ")"));
  }

  private String relation(Relation relation, List<Expression> conjuncts) {
    return switch (relation) {
      case Relation.BaseTable table ->
          tables.sql(table, conjuncts) + " AS " + ExpressionPrinter.relation(table.number());
      case Relation.Subquery subquery -> {
        String query = print(subquery.query());
        fallible.relation(subquery.number(), subquery.query());
        yield "%s(%s) AS %s"
            .formatted(
                subquery.lateral() ? "LATERAL " : "",
                query,
                ExpressionPrinter.relation(subquery.number()));
      }
      case Relation.CommonTableUse use -> {
        fallible.use(use.number(), use.table().number());
        yield "w%d AS %s".formatted(use.table().number(), ExpressionPrinter.relation(use.number()));
      }
      case Relation.Unnest unnest -> unnest(unnest);
      case Relation.Join join -> join(join, conjuncts);
    };
  }

  private String join(Relation.Join join, List<Expression> conjuncts) {
    // A condition of WHERE holds for every row that comes out, so it may be used on a side that no
    // outer join fills with NULLs.
    boolean left = join.kind() == Relation.Join.Kind.LEFT;
    boolean right = join.kind() == Relation.Join.Kind.RIGHT;
    boolean full = join.kind() == Relation.Join.Kind.FULL;
    String condition = join.condition() == null ? "" : " ON " + expressions.print(join.condition());
    return "%s %s JOIN %s%s"
        .formatted(
            relation(join.left(), right || full ? List.of() : conjuncts),
            join.kind(),
            relation(join.right(), left || full ? List.of() : conjuncts),
            condition);
  }

  /** Lists side by side; where one is shorter, or NULL, its columns are NULL. */
  private String unnest(Relation.Unnest unnest) {
    StringBuilder lists = new StringBuilder();
    StringBuilder elements = new StringBuilder();
    StringBuilder lengths = new StringBuilder();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < unnest.arguments().size(); i++) {
      Expression list = unnest.arguments().get(i);
      lists.append(i == 0 ? "" : ", ").append(expressions.print(list)).append(" AS a").append(i);
      elements.append(i == 0 ? "" : ", ").append("unnest(a%d) AS e%d".formatted(i, i));
      lengths.append(", coalesce(len(a").append(i).append("), 0)");
      int fields = fields(list.type());
      for (int f = 0; f < fields; f++) {
        columns.add("e%d.f%d".formatted(i, f));
      }
      if (fields == 0) {
        columns.add("e" + i);
      }
    }
    if (unnest.withOrdinality()) {
      elements.append(", unnest(range(1, 1 + greatest(0").append(lengths).append("))) AS o");
      columns.add("o");
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.set(i, columns.get(i) + " AS " + ExpressionPrinter.column(i));
    }
    return "LATERAL (SELECT %s FROM (SELECT %s FROM (SELECT %s))) AS %s"
        .formatted(
            String.join(", ", columns),
            elements,
            lists,
            ExpressionPrinter.relation(unnest.number()));
  }

  /** The fields that an element is split into; 0 where it stays whole. */
  private static int fields(ValueType list) {
    if (list instanceof ValueType.TimeSeriesOf) {
      return 2;
    }
    return list instanceof ValueType.ArrayOf(ValueType.RowOf(List<ValueType.Field> fields))
        ? fields.size()
        : 0;
  }

  private static String columnNames(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(ExpressionPrinter.column(i));
    }
    return String.join(", ", names);
  }
}
