// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.MeasureType;
import dev.weir.sql.TimeRange;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.function.QueryCalls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that gives one row per series: grouped by the measure name and all dimensions,
 * filtered by time and series only. Remote read asks so.
 *
 * @param measureNames the only measure names that can fit, or null for any
 * @param conditions on the series, all of which must hold
 */
record SeriesPlan(
    TableDescription table,
    TimeRange range,
    @Nullable Set<String> measureNames,
    List<SeriesPredicate> conditions,
    List<Output> outputs,
    @Nullable Long limit) {

  /** A column of the result. */
  sealed interface Output {
    String name();
  }

  /** A dimension or the measure name. */
  record Label(String name, SeriesColumns.Getter getter) implements Output {}

  /** {@code count(*)}. */
  record Count(String name) implements Output {}

  /** {@code min(time)} or {@code max(time)}. */
  record Edge(String name, boolean last) implements Output {}

  /** {@code CREATE_TIME_SERIES(time, measure_value::…)}; NULL for series of another type. */
  record Samples(String name, MeasureType type) implements Output {}

  /** The same plan over fewer times. */
  SeriesPlan within(TimeRange shown) {
    return new SeriesPlan(table, range.and(shown), measureNames, conditions, outputs, limit);
  }

  /** The plan of a statement, or null where it has another shape. */
  static @Nullable SeriesPlan of(Query query, QueryCalls calls) {
    if (!query.with().isEmpty()
        || !(query.body() instanceof Body.Select select)
        || !(select.from() instanceof Relation.BaseTable from)
        || select.having() != null
        || !select.orderBy().isEmpty()
        || !query.orderBy().isEmpty()
        || query.limit() != null) {
      return null;
    }
    SeriesColumns columns = new SeriesColumns(from.number(), from.table());
    if (!groupsBySeries(select, columns)) {
      return null;
    }
    List<Output> outputs = new ArrayList<>();
    for (Body.Projection projection : select.projections()) {
      Output output = output(projection, columns);
      if (output == null) {
        return null;
      }
      outputs.add(output);
    }
    return conditions(from, columns, select, outputs, calls);
  }

  private static @Nullable SeriesPlan conditions(
      Relation.BaseTable from,
      SeriesColumns columns,
      Body.Select select,
      List<Output> outputs,
      QueryCalls calls) {
    TimeRange range = TimeRange.ALL;
    Set<String> names = null;
    List<SeriesPredicate> predicates = new ArrayList<>();
    for (Expression conjunct : conjuncts(select.where())) {
      Optional<TimeRange> times = TimeRange.exactly(conjunct, from);
      LabelSets sets = times.isEmpty() ? LabelSets.of(conjunct, columns) : null;
      if (times.isPresent()) {
        range = range.and(times.get());
      } else if (sets != null) {
        predicates.add(sets);
        names = both(names, sets.measureNames());
      } else {
        SeriesPredicate predicate = new SeriesPredicates(columns, calls).compile(conjunct);
        if (predicate == null) {
          return null;
        }
        predicates.add(predicate);
        names = both(names, namesOf(conjunct, columns));
      }
    }
    return new SeriesPlan(from.table(), range, names, predicates, outputs, select.limit());
  }

  /** The parts of a condition that must all hold. */
  static List<Expression> conjuncts(@Nullable Expression condition) {
    if (condition == null) {
      return List.of();
    }
    return condition instanceof Expression.Logical logical && logical.and()
        ? logical.terms()
        : List.of(condition);
  }

  private static boolean groupsBySeries(Body.Select select, SeriesColumns columns) {
    List<Expression> keys;
    if (select.grouping() != null) {
      if (select.distinct() || !select.grouping().simple()) {
        return false;
      }
      keys = select.grouping().keys();
    } else if (select.distinct()) {
      keys = select.projections().stream().map(Body.Projection::expression).toList();
    } else {
      return false;
    }
    Set<Integer> present = new HashSet<>();
    for (Expression key : keys) {
      if (columns.getter(key) == null) {
        return false;
      }
      present.add(((Expression.Column) key).index());
    }
    long needed =
        columns.table().columns().stream()
            .filter(column ->
                column.role() == ColumnRole.DIMENSION || column.role() == ColumnRole.MEASURE_NAME)
            .count();
    return present.size() == needed;
  }

  private static @Nullable Output output(Body.Projection projection, SeriesColumns columns) {
    Expression expression = projection.expression();
    SeriesColumns.Getter getter = columns.getter(expression);
    if (getter != null) {
      return new Label(projection.name(), getter);
    }
    if (!(expression instanceof Expression.Call call)
        || call.distinct()
        || call.filter() != null
        || call.window() != null
        || !call.orderBy().isEmpty()) {
      return null;
    }
    List<Expression> arguments = call.arguments();
    boolean ofTime = !arguments.isEmpty() && isColumn(arguments.getFirst(), columns.timeColumn());
    return switch (call.function().name()) {
      case "count" -> arguments.isEmpty() ? new Count(projection.name()) : null;
      case "min" -> ofTime && arguments.size() == 1 ? new Edge(projection.name(), false) : null;
      case "max" -> ofTime && arguments.size() == 1 ? new Edge(projection.name(), true) : null;
      case "create_time_series" -> ofTime ? samples(projection, arguments.get(1), columns) : null;
      default -> null;
    };
  }

  private static @Nullable Output samples(
      Body.Projection projection, Expression value, SeriesColumns columns) {
    if (!(value instanceof Expression.Column column)) {
      return null;
    }
    ColumnDescription described = columns.table().columns().get(column.index());
    for (MeasureType type : List.of(MeasureType.DOUBLE, MeasureType.BIGINT, MeasureType.BOOLEAN)) {
      if (described.role() == ColumnRole.MEASURE_VALUE
          && described.name().equals(StoreCatalog.valueColumn(type))) {
        return new Samples(projection.name(), type);
      }
    }
    return null;
  }

  private static boolean isColumn(Expression expression, int index) {
    return expression instanceof Expression.Column column && column.index() == index;
  }

  private static @Nullable Set<String> namesOf(Expression conjunct, SeriesColumns columns) {
    if (!(conjunct instanceof Expression.In in) || !columns.isMeasureName(in.value())) {
      return null;
    }
    Set<String> names = new HashSet<>();
    for (Expression candidate : in.candidates()) {
      if (candidate instanceof Literal.OfString literal) {
        names.add(literal.value());
      }
    }
    return names;
  }

  private static @Nullable Set<String> both(
      @Nullable Set<String> first, @Nullable Set<String> second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    Set<String> common = new HashSet<>(first);
    common.retainAll(second);
    return common;
  }
}
