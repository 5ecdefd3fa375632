// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Body.Grouping;
import dev.weir.sql.tree.Body.Projection;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.GroupingSets;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.SimpleGroupBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** GROUP BY with its sets: the product of its elements, as standard SQL has it. */
final class GroupByAnalyzer {

  /** CUBE over ten keys has 1,024 sets already. */
  private static final int SETS_MAX = 1_024;

  private final ExpressionAnalyzer expressions;
  private final Map<Expression, Integer> keys = new LinkedHashMap<>();

  GroupByAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  Grouping analyze(GroupBy node, List<Projection> projections, Names names) {
    List<List<Integer>> sets = List.of(List.of());
    for (GroupingElement element : node.getGroupingElements()) {
      List<List<Integer>> more =
          switch (element) {
            case SimpleGroupBy simple ->
                List.of(indexes(simple.getExpressions(), projections, names));
            case GroupingSets grouping -> sets(grouping, projections, names);
            default -> throw SqlErrors.unsupported(element, "this form of GROUP BY");
          };
      sets = product(sets, more, node);
    }
    if (node.isDistinct()) {
      Set<Set<Integer>> distinct = new LinkedHashSet<>();
      sets.forEach(set -> distinct.add(new LinkedHashSet<>(set)));
      sets = distinct.stream().map(List::copyOf).toList();
    }
    return new Grouping(List.copyOf(keys.keySet()), sets);
  }

  private List<List<Integer>> sets(GroupingSets node, List<Projection> projections, Names names) {
    List<List<Integer>> parts = new ArrayList<>();
    for (List<io.trino.sql.tree.Expression> set : node.getSets()) {
      parts.add(indexes(set, projections, names));
    }
    return switch (node.getType()) {
      case EXPLICIT -> parts;
      case ROLLUP -> {
        List<List<Integer>> sets = new ArrayList<>();
        for (int length = parts.size(); length >= 0; length--) {
          sets.add(flat(parts.subList(0, length)));
        }
        yield sets;
      }
      case CUBE -> {
        List<List<Integer>> sets = List.of(List.of());
        for (List<Integer> part : parts) {
          sets = product(sets, List.of(part, List.of()), node);
        }
        yield sets;
      }
    };
  }

  private static List<List<Integer>> product(
      List<List<Integer>> left, List<List<Integer>> right, io.trino.sql.tree.Node node) {
    if ((long) left.size() * right.size() > SETS_MAX) {
      throw SqlErrors.at(node, "GROUP BY has more than " + SETS_MAX + " grouping sets");
    }
    List<List<Integer>> product = new ArrayList<>();
    for (List<Integer> first : left) {
      for (List<Integer> second : right) {
        product.add(flat(List.of(first, second)));
      }
    }
    return product;
  }

  private static List<Integer> flat(List<List<Integer>> parts) {
    return parts.stream().flatMap(List::stream).distinct().toList();
  }

  private List<Integer> indexes(
      List<io.trino.sql.tree.Expression> nodes, List<Projection> projections, Names names) {
    List<Integer> indexes = new ArrayList<>();
    for (io.trino.sql.tree.Expression node : nodes) {
      Expression key = key(node, projections, names);
      Integer known = keys.putIfAbsent(key, keys.size());
      indexes.add(known == null ? keys.size() - 1 : known);
    }
    return indexes.stream().distinct().toList();
  }

  private Expression key(
      io.trino.sql.tree.Expression node, List<Projection> projections, Names names) {
    Expression key;
    if (node instanceof LongLiteral ordinal) {
      List<OutputColumn> columns =
          projections.stream().map(p -> new OutputColumn(p.name(), p.expression().type())).toList();
      key =
          projections.get(QueryAnalyzer.ordinal(ordinal, columns, "GROUP BY").index()).expression();
    } else {
      key = expressions.analyze(node, names);
    }
    Aggregation.forbid(key, "GROUP BY clause");
    if (!TypeRules.comparable(key.type())) {
      throw SqlErrors.at(
          key.position(),
          "%s is not comparable, and therefore cannot be used in GROUP BY"
              .formatted(TypeRules.text(key.type())));
    }
    return key;
  }
}
