// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answers about the made table itself, in the shapes that Timestream gives them. */
final class CatalogAnswers {

  private static final String VARCHAR = "{\"ScalarType\":\"VARCHAR\"}";
  private static final String DIMENSIONS_TYPE =
      "{\"ArrayColumnInfo\":{\"Type\":{\"RowColumnInfo\":["
          + "{\"Name\":\"dimension_name\",\"Type\":{\"ScalarType\":\"VARCHAR\"}},"
          + "{\"Name\":\"data_type\",\"Type\":{\"ScalarType\":\"VARCHAR\"}}]}}}";

  private CatalogAnswers() {}

  /** The answer to a statement; null where it is about samples. */
  static @Nullable String of(String statement) {
    String start = statement.strip().toUpperCase(Locale.ROOT);
    if (start.startsWith("DESCRIBE ")) {
      return describe();
    }
    if (start.startsWith("SHOW MEASURES")) {
      return measures(statement);
    }
    if (start.startsWith("SHOW DATABASES")) {
      return answer(List.of(column("Database", VARCHAR)), List.of(row(scalar("metrics"))));
    }
    if (start.startsWith("SHOW TABLES")) {
      return answer(List.of(column("Table", VARCHAR)), List.of(row(scalar("prometheus"))));
    }
    if (start.equals("SELECT 1")) {
      String type = "{\"ScalarType\":\"INTEGER\"}";
      return answer(List.of(column("_col0", type)), List.of(row(scalar("1"))));
    }
    return null;
  }

  private static String describe() {
    List<String> rows = new ArrayList<>();
    for (String dimension : MadeTable.DIMENSIONS) {
      rows.add(row(scalar(dimension), scalar("varchar"), scalar("DIMENSION")));
    }
    rows.add(row(scalar("measure_name"), scalar("varchar"), scalar("MEASURE_NAME")));
    rows.add(row(scalar("time"), scalar("timestamp"), scalar("TIMESTAMP")));
    rows.add(row(scalar("measure_value::double"), scalar("double"), scalar("MEASURE_VALUE")));
    return answer(
        List.of(
            column("Column", VARCHAR),
            column("Type", VARCHAR),
            column("Timestream attribute type", VARCHAR)),
        rows);
  }

  /** The one measure, where it begins as the pattern of the statement does. */
  private static String measures(String statement) {
    List<String> literals = SqlOutline.literals(statement);
    boolean asked =
        literals.isEmpty()
            || MadeTable.METRIC.startsWith(literals.getFirst().replaceFirst("%$", ""));
    String dimensions =
        MadeTable.DIMENSIONS.stream()
            .map(name -> "{\"RowValue\":" + row(scalar(name), scalar("varchar")) + "}")
            .collect(Collectors.joining(",", "{\"ArrayValue\":[", "]}"));
    return answer(
        List.of(
            column("measure_name", VARCHAR),
            column("data_type", VARCHAR),
            column("dimensions", DIMENSIONS_TYPE)),
        asked ? List.of(row(scalar(MadeTable.METRIC), scalar("double"), dimensions)) : List.of());
  }

  private static String answer(List<String> columns, List<String> rows) {
    return "{\"ColumnInfo\":["
        + String.join(",", columns)
        + "],\"QueryId\":\"STUBCATALOG\",\"QueryStatus\":{\"CumulativeBytesMetered\":0,"
        + "\"CumulativeBytesScanned\":0,\"ProgressPercentage\":100.0},\"Rows\":["
        + String.join(",", rows)
        + "]}";
  }

  private static String column(String name, String type) {
    return "{\"Name\":\"" + name + "\",\"Type\":" + type + "}";
  }

  private static String row(String... data) {
    return "{\"Data\":[" + String.join(",", data) + "]}";
  }

  private static String scalar(String value) {
    return "{\"ScalarValue\":\"" + value + "\"}";
  }
}
