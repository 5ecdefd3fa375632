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
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers the statements about the catalog. */
final class CatalogAnswers {

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

  /** One row per measure name, with the dimensions of the table. */
  ResultPage measures(TableName name, @Nullable LikePattern like) {
    StoredTable table = catalog.table(name);
    List<StoredMeasure> measures = new ArrayList<>();
    if (table != null) {
      table.measures().stream()
          .filter(measure -> like == null || like.matches(measure.name()))
          .sorted(Comparator.comparing(StoredMeasure::name))
          .forEach(measures::add);
    }
    List<String> dimensions = table == null ? List.of() : table.dimensions();
    int[] offsets = new int[measures.size() + 1];
    List<String> dimensionNames = new ArrayList<>();
    List<String> dimensionTypes = new ArrayList<>();
    for (int i = 0; i < measures.size(); i++) {
      dimensionNames.addAll(dimensions);
      dimensions.forEach(_ -> dimensionTypes.add("varchar"));
      offsets[i + 1] = dimensionNames.size();
    }
    ColumnVector rows =
        new ColumnVector.Rows(
            List.of(strings(dimensionNames), strings(dimensionTypes)), dimensionNames.size(), null);
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
    List<String> dictionary = values.stream().distinct().toList();
    int[] codes = values.stream().mapToInt(dictionary::indexOf).toArray();
    return new ColumnVector.Strings(codes, dictionary.toArray(String[]::new));
  }
}
