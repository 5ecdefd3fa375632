// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.SortKey;
import dev.weir.sql.tree.Trees;
import dev.weir.sql.tree.Window;
import io.trino.sql.tree.FrameBound;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.WindowDefinition;
import io.trino.sql.tree.WindowFrame;
import io.trino.sql.tree.WindowReference;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OVER clauses, and the sort keys inside of calls. */
final class WindowAnalyzer {

  private final ExpressionAnalyzer expressions;

  /** The windows of the WINDOW clause, by name in lower case; none refers to another. */
  private final Map<String, WindowSpecification> named = new HashMap<>();

  WindowAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  /** Takes the WINDOW clause of a SELECT; a window may build on one before it. */
  void define(List<WindowDefinition> definitions) {
    for (WindowDefinition definition : definitions) {
      WindowSpecification whole = complete(definition.getWindow());
      if (named.putIfAbsent(key(definition.getName()), whole) != null) {
        throw SqlErrors.at(
            definition,
            "WINDOW name '%s' specified more than once".formatted(definition.getName().getValue()));
      }
    }
  }

  Window analyze(io.trino.sql.tree.Window node, Names names) {
    WindowSpecification specification =
        switch (node) {
          case WindowReference reference -> named(reference.getName());
          case WindowSpecification written -> complete(written);
          default ->
              throw SqlErrors.unsupported((io.trino.sql.tree.Node) node, "this form of OVER");
        };
    List<Expression> partitionBy = new ArrayList<>();
    for (io.trino.sql.tree.Expression key : specification.getPartitionBy()) {
      partitionBy.add(expressions.analyze(key, names));
    }
    List<SortKey> orderBy =
        specification.getOrderBy().isEmpty()
            ? List.of()
            : sortKeys(specification.getOrderBy().get(), names);
    Window.Frame frame =
        specification.getFrame().isEmpty() ? null : frame(specification.getFrame().get(), names);
    if (frame != null && measuresValues(frame)) {
      checkSortKey(orderBy, specification.getFrame().get());
    }
    return new Window(partitionBy, orderBy, frame);
  }

  private static void checkSortKey(List<SortKey> orderBy, WindowFrame frame) {
    if (orderBy.size() != 1) {
      throw SqlErrors.at(frame, "Window frame of type RANGE with a distance needs one sort key");
    }
    Trees.eachExpression(
        orderBy.getFirst().expression(),
        part -> {
          if (Trees.query(part).isPresent()) {
            throw SqlErrors.at(
                part.position(),
                "a subquery as the sort key of a RANGE window with a distance is not supported");
          }
        });
  }

  private WindowSpecification named(Identifier name) {
    WindowSpecification found = named.get(key(name));
    if (found == null) {
      throw SqlErrors.at(name, "Cannot resolve WINDOW name " + name.getValue());
    }
    return found;
  }

  private static String key(Identifier name) {
    return name.getValue().toLowerCase(Locale.ROOT);
  }

  /** What a window says itself, on top of what the window says that it names. */
  private WindowSpecification complete(WindowSpecification node) {
    if (node.getExistingWindowName().isEmpty()) {
      return node;
    }
    WindowSpecification base = named(node.getExistingWindowName().get());
    if (!node.getPartitionBy().isEmpty()) {
      throw SqlErrors.at(
          node.getPartitionBy().getFirst(),
          "WINDOW specification with named WINDOW reference cannot specify PARTITION BY");
    }
    if (base.getOrderBy().isPresent() && node.getOrderBy().isPresent()) {
      throw SqlErrors.at(
          node.getOrderBy().get(),
          "Cannot specify ORDER BY if referenced named WINDOW specifies ORDER BY");
    }
    if (base.getFrame().isPresent()) {
      throw SqlErrors.at(node, "Cannot reference named WINDOW containing frame specification");
    }
    return new WindowSpecification(
        Optional.empty(),
        base.getPartitionBy(),
        node.getOrderBy().or(base::getOrderBy),
        node.getFrame());
  }

  private static boolean measuresValues(Window.Frame frame) {
    return frame.unit() == Window.Unit.RANGE
        && (frame.start().distance() != null || frame.end().distance() != null);
  }

  List<SortKey> sortKeys(OrderBy node, Names names) {
    List<SortKey> keys = new ArrayList<>();
    for (SortItem item : node.getSortItems()) {
      keys.add(key(expressions.analyze(item.getSortKey(), names), item));
    }
    return keys;
  }

  /** A sort key with its direction; NULLs are last unless the text says otherwise. */
  static SortKey key(Expression expression, SortItem item) {
    if (!TypeRules.orderable(expression.type())) {
      throw SqlErrors.at(
          expression.position(),
          "Type %s is not orderable, and therefore cannot be used in ORDER BY"
              .formatted(TypeRules.text(expression.type())));
    }
    return new SortKey(
        expression,
        item.getOrdering() == SortItem.Ordering.DESCENDING,
        item.getNullOrdering() == SortItem.NullOrdering.FIRST);
  }

  private Window.Frame frame(WindowFrame node, Names names) {
    if (node.getPattern().isPresent() || !node.getMeasures().isEmpty()) {
      throw SqlErrors.unsupported(node, "pattern recognition");
    }
    Window.Unit unit =
        switch (node.getType()) {
          case RANGE -> Window.Unit.RANGE;
          case ROWS -> Window.Unit.ROWS;
          case GROUPS -> Window.Unit.GROUPS;
        };
    Window.Bound start = bound(node.getStart(), unit, names);
    Window.Bound end =
        node.getEnd().isEmpty()
            ? new Window.Bound(Window.Kind.CURRENT_ROW, null)
            : bound(node.getEnd().get(), unit, names);
    if (start.kind() == Window.Kind.UNBOUNDED_FOLLOWING) {
      throw SqlErrors.at(node, "Window frame start cannot be UNBOUNDED FOLLOWING");
    }
    if (end.kind() == Window.Kind.UNBOUNDED_PRECEDING) {
      throw SqlErrors.at(node, "Window frame end cannot be UNBOUNDED PRECEDING");
    }
    if (start.kind().compareTo(end.kind()) > 0) {
      throw SqlErrors.at(node, "Window frame start must not be after its end");
    }
    return new Window.Frame(unit, start, end);
  }

  private Window.Bound bound(FrameBound node, Window.Unit unit, Names names) {
    Window.Kind kind =
        switch (node.getType()) {
          case UNBOUNDED_PRECEDING -> Window.Kind.UNBOUNDED_PRECEDING;
          case PRECEDING -> Window.Kind.PRECEDING;
          case CURRENT_ROW -> Window.Kind.CURRENT_ROW;
          case FOLLOWING -> Window.Kind.FOLLOWING;
          case UNBOUNDED_FOLLOWING -> Window.Kind.UNBOUNDED_FOLLOWING;
        };
    return new Window.Bound(kind, distance(node, unit, names));
  }

  private @Nullable Expression distance(FrameBound node, Window.Unit unit, Names names) {
    if (node.getValue().isEmpty()) {
      return null;
    }
    Expression distance = expressions.analyze(node.getValue().get(), names);
    if (unit == Window.Unit.RANGE) {
      return distance;
    }
    if (TypeRules.conversionCost(distance.type(), Scalar.BIGINT) < 0) {
      throw SqlErrors.mustBe(
          distance.position(), "Window frame distance", "a bigint", distance.type());
    }
    return Conversions.to(distance, Scalar.BIGINT);
  }
}
