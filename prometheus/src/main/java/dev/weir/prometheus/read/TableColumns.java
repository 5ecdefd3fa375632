// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;
import static dev.weir.prometheus.TimestreamNames.dimensionOfLabel;
import static dev.weir.prometheus.TimestreamNames.labelOfDimension;

import dev.weir.query.ValueType;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the table as remote read sees them.
 *
 * @param dimensions the dimensions, in the order in which queries select them
 * @param dimensionsByLabel the dimension that holds a label
 * @param labelOrder the places of the selected columns in the order of their labels; the measure
 *     name is the column after the dimensions
 * @param labels the labels of the selected columns
 * @param hasDoubles whether any finite value was ever stored
 * @param hasBigints whether the bits of any other value were
 */
record TableColumns(
    List<String> dimensions,
    Map<String, String> dimensionsByLabel,
    int[] labelOrder,
    String[] labels,
    boolean hasDoubles,
    boolean hasBigints) {

  static TableColumns of(TableDescription table) {
    return of(
        table.dimensionNames(),
        has(table, ValueType.Scalar.DOUBLE),
        has(table, ValueType.Scalar.BIGINT));
  }

  static TableColumns of(List<String> all, boolean hasDoubles, boolean hasBigints) {
    Map<String, String> byLabel = new HashMap<>();
    for (String dimension : all) {
      String label = labelOfDimension(dimension);
      // A name that Weir would write otherwise gives way; others can write such names.
      if (dimensionOfLabel(label).equals(dimension) || !byLabel.containsKey(label)) {
        byLabel.put(label, dimension);
      }
    }
    byLabel.remove(METRIC_LABEL);
    Set<String> chosen = Set.copyOf(byLabel.values());
    List<String> dimensions = all.stream().filter(chosen::contains).toList();
    List<String> labels = new ArrayList<>();
    dimensions.forEach(dimension -> labels.add(labelOfDimension(dimension)));
    labels.add(METRIC_LABEL);
    return new TableColumns(
        dimensions, byLabel, order(labels), labels.toArray(String[]::new), hasDoubles, hasBigints);
  }

  /** The dimension of a label, or null where no series has it. */
  @Nullable String dimension(String label) {
    return dimensionsByLabel.get(label);
  }

  private static int[] order(List<String> labels) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      order.add(i);
    }
    order.sort((one, two) -> Labels.compareUtf8(labels.get(one), labels.get(two)));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean has(TableDescription table, ValueType type) {
    return table.columns().stream()
        .anyMatch(
            column -> column.role() == ColumnRole.MEASURE_VALUE && column.type().equals(type));
  }
}
