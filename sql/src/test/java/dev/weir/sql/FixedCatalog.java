// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType.Scalar;
import dev.weir.store.CatalogReader;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A catalog of three tables: {@code weir.prometheus} (labels, single measures), {@code
 * plant.sensors} (MULTI measures), {@code plant.Cases} (dimensions that differ in case only).
 */
final class FixedCatalog implements CatalogReader {

  private final Map<TableName, TableDescription> tables =
      new TreeMap<>(java.util.Comparator.comparing(TableName::toString));

  FixedCatalog() {
    add(
        new TableName("weir", "prometheus"),
        List.of("instance", "job", "mode", "pod", "region", "le"),
        List.of(
            new ColumnDescription("measure_value::double", Scalar.DOUBLE, ColumnRole.MEASURE_VALUE),
            new ColumnDescription("measure_value::bigint", Scalar.BIGINT, ColumnRole.MEASURE_VALUE),
            new ColumnDescription(
                "measure_value::varchar", Scalar.VARCHAR, ColumnRole.MEASURE_VALUE)));
    add(
        new TableName("plant", "sensors"),
        List.of("site", "sensor-id"),
        List.of(
            new ColumnDescription("temperature", Scalar.DOUBLE, ColumnRole.MULTI),
            new ColumnDescription("revolutions", Scalar.BIGINT, ColumnRole.MULTI),
            new ColumnDescription("serviced", Scalar.TIMESTAMP, ColumnRole.MULTI),
            new ColumnDescription("running", Scalar.BOOLEAN, ColumnRole.MULTI)));
    add(new TableName("plant", "Cases"), List.of("Host", "host", "Only"), List.of());
  }

  private void add(TableName name, List<String> dimensions, List<ColumnDescription> measures) {
    List<ColumnDescription> columns = new ArrayList<>();
    dimensions.forEach(dimension ->
        columns.add(new ColumnDescription(dimension, Scalar.VARCHAR, ColumnRole.DIMENSION)));
    columns.add(new ColumnDescription("measure_name", Scalar.VARCHAR, ColumnRole.MEASURE_NAME));
    columns.add(new ColumnDescription("time", Scalar.TIMESTAMP, ColumnRole.TIMESTAMP));
    columns.addAll(measures);
    tables.put(name, new TableDescription(name, columns));
  }

  @Override
  public List<String> databases() {
    return tables.keySet().stream().map(TableName::database).distinct().sorted().toList();
  }

  @Override
  public List<String> tables(String database) {
    return tables.keySet().stream()
        .filter(name -> name.database().equals(database))
        .map(TableName::table)
        .sorted()
        .toList();
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return Optional.ofNullable(tables.get(table));
  }
}
