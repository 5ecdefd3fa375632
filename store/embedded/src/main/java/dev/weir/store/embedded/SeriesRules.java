// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.Dimension;
import dev.weir.model.MeasureType;
import dev.weir.model.Series;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.TableRules;
import dev.weir.store.TableRules.AccountRules;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import org.jspecify.annotations.Nullable;

/** Judges series that a table has not seen before, and adds them to the catalog. */
final class SeriesRules {

  private final StoreCatalog catalog;

  private final long seriesBytesMax;

  SeriesRules(StoreCatalog catalog, long seriesBytesMax) {
    this.catalog = catalog;
    this.seriesBytesMax = seriesBytesMax;
  }

  /** Why a series can't be added to a table, or null. */
  @Nullable Refusal judge(StoredTable table, Series series, MeasureType type) {
    StoredMeasure measure = table.measure(series.measureName());
    if (measure != null && measure.type() != type) {
      return wrongType(measure, type);
    }
    if (catalog.series().heapBytes() > seriesBytesMax) {
      return new Refusal(
          Reason.LIMIT,
          "the store has %d series, all that its memory takes: new ones are refused; use fewer"
                  .formatted(catalog.series().count())
              + " labels that change often, or start Weir with more heap");
    }
    if (measure == null) {
      Refusal refusal = judgeMeasure(table, series.measureName());
      if (refusal != null) {
        return refusal;
      }
    }
    return judgeDimensions(table, series);
  }

  private static @Nullable Refusal judgeMeasure(StoredTable table, String name) {
    TableRules rules = table.rules();
    Refusal refusal = Refusal.ofText("measure name", name, rules.measureNameBytesMax());
    if (refusal != null) {
      return refusal;
    }
    if (rules.account() != null && SystemNames.takenFromMeasures(name)) {
      return new Refusal(Reason.NAME, "measure name \"%s\" is reserved".formatted(name));
    }
    if (table.measureCount() >= rules.measureNamesMax()) {
      return new Refusal(
          Reason.LIMIT,
          "table %s has %d measure names already, its limit"
              .formatted(table.name(), rules.measureNamesMax()));
    }
    return null;
  }

  /** Why a point without the dimension of the partition key is refused, or null. */
  static @Nullable Refusal judgeKey(StoredTable table, Series series) {
    AccountRules account = table.rules().account();
    if (account == null
        || account.requiredDimension() == null
        || series.dimension(account.requiredDimension()) != null) {
      return null;
    }
    return new Refusal(
        Reason.NAME,
        ("The record has no dimension \"%s\": the partition key of table %s requires it, a record"
                + " without it is not allowed.")
            .formatted(account.requiredDimension(), table.name()));
  }

  static Refusal wrongType(StoredMeasure measure, MeasureType type) {
    return new Refusal(
        Reason.TYPE,
        "measure \"%s\" already has an assigned type %s, which cannot be changed to %s"
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

  private @Nullable Refusal judgeDimensions(StoredTable table, Series series) {
    TableRules rules = table.rules();
    int sum = 0;
    int added = 0;
    for (Dimension dimension : series.dimensions()) {
      Refusal size =
          Refusal.ofText("dimension name", dimension.name(), rules.dimensionNameBytesMax());
      if (size == null) {
        size = judgeValue(dimension, rules.dimensionValueBytesMax());
      }
      if (size != null) {
        return size;
      }
      sum += Refusal.utf8Bytes(dimension.name()) + Refusal.utf8Bytes(dimension.value());
      if (!table.hasDimension(dimension.name())) {
        added++;
        Refusal refusal = judgeName(table, dimension.name());
        if (refusal != null) {
          return refusal;
        }
      }
    }
    if (sum > rules.seriesBytesMax()) {
      return Refusal.size("series of measure", series.measureName(), sum, rules.seriesBytesMax());
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
    boolean account = table.rules().account() != null;
    if (SystemNames.takenFromDimensions(name) || (account && SystemNames.takenFromMeasures(name))) {
      return new Refusal(Reason.NAME, "dimension name \"%s\" is reserved".formatted(name));
    }
    if (table.multiColumn(name) != null) {
      return new Refusal(
          Reason.NAME, "dimension name \"%s\" is not allowed: a measure has it".formatted(name));
    }
    return null;
  }

  private static @Nullable Refusal judgeValue(Dimension dimension, int max) {
    int bytes = Refusal.utf8Bytes(dimension.value());
    if (bytes < 0) {
      return Refusal.ofText("value of dimension", dimension.value(), max);
    }
    return bytes > max ? Refusal.size("value of dimension", dimension.name(), bytes, max) : null;
  }
}
