// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.Scope;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.LikePattern;
import dev.weir.sql.tree.Statement;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers the statements about the catalog. */
final class CatalogAnswers {

  /** Of measures and their dimensions in a page: some 800 KB. */
  static final int PAGE_ENTRIES = 100_000;

  private final StoreCatalog catalog;
  private final Scope scope;

  CatalogAnswers(StoreCatalog catalog, Scope scope) {
    this.catalog = catalog;
    this.scope = scope;
  }

  ResultPage databases(@Nullable LikePattern like) {
    List<String> names =
        catalog.databases().stream()
            .filter(scope::includes)
            .filter(name -> like == null || like.matches(name))
            .toList();
    return new ResultPage(List.of(texts("Database", names)), names.size());
  }

  ResultPage tables(Statement.ShowTables show) {
    List<String> databases =
        show.database() == null ? catalog.databases() : List.of(show.database());
    TreeSet<String> names = new TreeSet<>();
    for (String database : databases) {
      if (scope.includes(database)) {
        names.addAll(catalog.tables(database));
      }
    }
    names.removeIf(name -> show.like() != null && !show.like().matches(name));
    return new ResultPage(List.of(texts("Table", new ArrayList<>(names))), names.size());
  }

  ResultPage describe(TableDescription table) {
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    List<String> roles = new ArrayList<>();
    for (var column : table.columns()) {
      names.add(column.name());
      types.add(column.type().toString().toLowerCase(Locale.ROOT));
      roles.add(column.role().name());
    }
    return new ResultPage(
        List.of(
            texts("Column", names),
            texts("Type", types),
            texts("Timestream attribute type", roles)),
        names.size());
  }

  /**
   * One row per measure name, with the dimensions of the table. A table may have tens of thousands
   * of measures and a thousand dimensions, so pages are bounded by what both make together.
   */
  void measures(TableName name, @Nullable LikePattern like, PageSink sink) {
    StoredTable table = catalog.table(name);
    List<StoredMeasure> measures = new ArrayList<>();
    if (table != null) {
      Predicate<String> wanted = like == null ? _ -> true : like.matcher();
      table.measures().stream()
          .filter(measure -> wanted.test(measure.name()))
          .sorted(Comparator.comparing(StoredMeasure::name))
          .forEach(measures::add);
    }
    List<String> dimensions = table == null ? List.of() : table.dimensions();
    int pageRows = Math.max(1, PAGE_ENTRIES / (1 + dimensions.size()));
    int from = 0;
    do {
      int to = Math.min(measures.size(), from + pageRows);
      sink.page(measures(measures.subList(from, to), dimensions));
      from = to;
    } while (from < measures.size());
  }

  private static ResultPage measures(List<StoredMeasure> measures, List<String> dimensions) {
    int count = dimensions.size();
    int[] offsets = new int[measures.size() + 1];
    int[] names = new int[measures.size() * count];
    for (int i = 0; i < measures.size(); i++) {
      for (int dimension = 0; dimension < count; dimension++) {
        names[i * count + dimension] = dimension;
      }
      offsets[i + 1] = (i + 1) * count;
    }
    ColumnVector rows =
        new ColumnVector.Rows(
            List.of(
                new ColumnVector.Strings(names, dimensions.toArray(String[]::new)),
                new ColumnVector.Strings(new int[names.length], new String[] {"varchar"})),
            names.length,
            null);
    ValueType rowType =
        new ValueType.RowOf(
            List.of(
                new ValueType.Field("dimension_name", Scalar.VARCHAR),
                new ValueType.Field("data_type", Scalar.VARCHAR)));
    return new ResultPage(
        List.of(
            texts("measure_name", measures.stream().map(StoredMeasure::name).toList()),
            texts(
                "data_type",
                measures.stream()
                    .map(measure -> measure.type().name().toLowerCase(Locale.ROOT))
                    .toList()),
            new Column(
                "dimensions",
                new ValueType.ArrayOf(rowType),
                new ColumnVector.Arrays(offsets, rows, null))),
        measures.size());
  }

  private static Column texts(String name, List<String> values) {
    return new Column(name, Scalar.VARCHAR, strings(values));
  }

  private static ColumnVector strings(List<String> values) {
    Map<String, Integer> dictionary = new LinkedHashMap<>();
    int[] codes = new int[values.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = dictionary.computeIfAbsent(values.get(i), _ -> dictionary.size());
    }
    return new ColumnVector.Strings(codes, dictionary.keySet().toArray(String[]::new));
  }
}
