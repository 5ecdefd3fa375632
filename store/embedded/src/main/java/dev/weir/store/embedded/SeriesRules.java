// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Judges series and MULTI columns that a table has not seen before, and adds them to the catalog.
 */
final class SeriesRules {

  /** AWS developer guide, "Quotas": measures in one MULTI record. */
  private static final int MULTI_VALUES_MAX = 256;

  /** AWS developer guide, "Quotas": MULTI columns in one table. */
  private static final int MULTI_COLUMNS_MAX = 1_024;

  /** AWS developer guide, "Quotas": bytes of a VARCHAR value. */
  private static final int VARCHAR_BYTES_MAX = 2_048;

  private final StoreCatalog catalog;

  private final long seriesBytesMax;

  SeriesRules(StoreCatalog catalog, long seriesBytesMax) {
    this.catalog = catalog;
    this.seriesBytesMax = seriesBytesMax;
  }

  /** Why something is refused. */
  record Refusal(Reason reason, String message) {}

  /** Why a series can't be added to a table, or null. */
  @Nullable Refusal judge(StoredTable table, Series series, MeasureType type) {
    TableRules rules = table.rules();
    StoredMeasure measure = table.measure(series.measureName());
    if (measure != null && measure.type() != type) {
      return wrongType(measure, type);
    }
    if (catalog.series().heapBytes() > seriesBytesMax) {
      return new Refusal(
          Reason.LIMIT,
          "the store has %d series, all that its memory takes: new ones are refused; use fewer"
                  .formatted(catalog.series().size())
              + " labels that change often, or start Weir with more heap");
    }
    if (measure == null) {
      int bytes = bytes(series.measureName());
      if (bytes > rules.measureNameBytesMax()) {
        return limit("measure name", series.measureName(), bytes, rules.measureNameBytesMax());
      }
      if (table.measures().size() >= rules.measureNamesMax()) {
        return new Refusal(
            Reason.LIMIT,
            "table %s has %d measure names already, its limit"
                .formatted(table.name(), rules.measureNamesMax()));
      }
    }
    return judgeDimensions(table, series);
  }

  static Refusal wrongType(StoredMeasure measure, MeasureType type) {
    return new Refusal(
        Reason.TYPE,
        "measure \"%s\" has an assigned type %s, which cannot be changed to %s"
            .formatted(measure.name(), measure.type(), type));
  }

  /** Adds a series that was judged before. */
  int add(StoredTable table, Series series, MeasureType type) {
    StoredMeasure measure = table.measure(series.measureName());
    if (measure == null) {
      measure = catalog.addMeasure(table, series.measureName(), type);
    }
    return catalog.addSeries(measure, series, SeriesIndex.NEVER);
  }

  /** Why a value can't be stored, or null; adds the MULTI columns that are new with it. */
  @Nullable Refusal judgeObject(StoredTable table, Measure measure) {
    return switch (measure) {
      case Measure.OfVarchar of when bytes(of.value()) > VARCHAR_BYTES_MAX ->
          new Refusal(
              Reason.LIMIT,
              "a VARCHAR value has %d bytes, the limit is %d"
                  .formatted(bytes(of.value()), VARCHAR_BYTES_MAX));
      case Measure.OfMulti multi -> judgeMulti(table, multi);
      default -> null;
    };
  }

  private @Nullable Refusal judgeDimensions(StoredTable table, Series series) {
    TableRules rules = table.rules();
    int sum = 0;
    int added = 0;
    for (Dimension dimension : series.dimensions()) {
      int nameBytes = bytes(dimension.name());
      int valueBytes = bytes(dimension.value());
      sum += nameBytes + valueBytes;
      if (nameBytes > rules.dimensionNameBytesMax()) {
        return limit("dimension name", dimension.name(), nameBytes, rules.dimensionNameBytesMax());
      }
      if (valueBytes > rules.dimensionValueBytesMax()) {
        return limit(
            "value of dimension", dimension.name(), valueBytes, rules.dimensionValueBytesMax());
      }
      if (!table.hasDimension(dimension.name())) {
        added++;
        Refusal refusal = judgeName(table, dimension.name());
        if (refusal != null) {
          return refusal;
        }
      }
    }
    if (sum > rules.seriesBytesMax()) {
      return limit("series of measure", series.measureName(), sum, rules.seriesBytesMax());
    }
    if (added > 0 && table.dimensionCount() + added > rules.dimensionsMax()) {
      return new Refusal(
          Reason.LIMIT,
          "table %s would have %d dimensions, its limit is %d"
              .formatted(table.name(), table.dimensionCount() + added, rules.dimensionsMax()));
    }
    return null;
  }

  private static @Nullable Refusal judgeName(StoredTable table, String name) {
    // AWS developer guide, "Quotas": system identifiers.
    boolean reserved =
        name.equals("time")
            || name.equals("measure_value")
            || name.equals("ts_non_existent_col")
            || name.startsWith("ts_")
            || name.startsWith("measure_name")
            || name.indexOf(':') >= 0;
    if (reserved) {
      return new Refusal(Reason.NAME, "dimension name \"%s\" is reserved".formatted(name));
    }
    if (table.multiColumn(name) != null) {
      return new Refusal(
          Reason.NAME, "dimension name \"%s\" is the name of a measure".formatted(name));
    }
    return null;
  }

  private @Nullable Refusal judgeMulti(StoredTable table, Measure.OfMulti multi) {
    if (multi.values().size() > MULTI_VALUES_MAX) {
      return new Refusal(
          Reason.LIMIT,
          "a MULTI measure has %d values, the limit is %d"
              .formatted(multi.values().size(), MULTI_VALUES_MAX));
    }
    int added = 0;
    for (Measure.Named named : multi.values()) {
      MultiColumn column = table.multiColumn(named.name());
      MeasureType type = named.value().type();
      if (column != null && column.type() != type) {
        return new Refusal(
            Reason.TYPE,
            ("measure \"%s\" has type %s, not %s. Each multi measure name can have only one"
                    + " measure value type and cannot be changed.")
                .formatted(named.name(), column.type(), type));
      }
      Refusal refusal = judgeObject(table, named.value());
      if (refusal == null && column == null) {
        added++;
        refusal = judgeColumnName(table, named.name());
      }
      if (refusal != null) {
        return refusal;
      }
    }
    if (table.multiColumns().size() + added > MULTI_COLUMNS_MAX) {
      return new Refusal(
          Reason.LIMIT,
          "table %s would have more than %d multi measures"
              .formatted(table.name(), MULTI_COLUMNS_MAX));
    }
    for (Measure.Named named : multi.values()) {
      if (table.multiColumn(named.name()) == null) {
        catalog.addMultiColumn(table, named.name(), named.value().type());
      }
    }
    return null;
  }

  private static @Nullable Refusal judgeColumnName(StoredTable table, String name) {
    if (bytes(name) > table.rules().measureNameBytesMax()) {
      return limit("measure name", name, bytes(name), table.rules().measureNameBytesMax());
    }
    if (table.hasDimension(name) || name.equals("time") || name.equals("measure_name")) {
      return new Refusal(
          Reason.NAME, "measure name \"%s\" is the name of another column".formatted(name));
    }
    return null;
  }

  private static Refusal limit(String what, String name, int bytes, int max) {
    return new Refusal(
        Reason.LIMIT,
        "%s \"%s\" has %d bytes, the limit is %d".formatted(what, shortened(name), bytes, max));
  }

  private static String shortened(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "…";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
