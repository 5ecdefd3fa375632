// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import org.jspecify.annotations.Nullable;

/** Judges values that are texts or sets of values, and adds the columns that are new with them. */
final class ValueRules {

  /** AWS developer guide, "Quotas": measures in one MULTI record. */
  static final int MULTI_VALUES_MAX = 256;

  /** AWS developer guide, "Quotas": MULTI columns in one table. */
  static final int MULTI_COLUMNS_MAX = 1_024;

  /** AWS developer guide, "Quotas": bytes of a VARCHAR value. */
  static final int VARCHAR_BYTES_MAX = 2_048;

  /** AWS developer guide, "Quotas": bytes of all values in one MULTI record of an account. */
  static final int MULTI_BYTES_MAX = 2_048;

  // How values are metered (AWS developer guide, "Writes").
  private static final int NUMBER_BYTES = 8;
  private static final int BOOLEAN_BYTES = 1;

  private final StoreCatalog catalog;

  ValueRules(StoreCatalog catalog) {
    this.catalog = catalog;
  }

  /** Why the value of a point can't be stored, or null. */
  @Nullable Refusal judge(StoredTable table, Series series, PointBatch batch, int at) {
    return switch (batch.type(at)) {
      case VARCHAR -> judgeText(series.measureName(), (Measure.OfVarchar) batch.measure(at));
      case MULTI -> judgeMulti(table, series, (Measure.OfMulti) batch.measure(at));
      case DOUBLE, BIGINT, BOOLEAN, TIMESTAMP -> null;
    };
  }

  /** Adds the columns that are new with a value that was judged. */
  void addColumns(StoredTable table, PointBatch batch, int at, MeasureType type) {
    if (type == MeasureType.MULTI) {
      for (Measure.Named named : ((Measure.OfMulti) batch.measure(at)).values()) {
        if (table.multiColumn(named.name()) == null) {
          catalog.addMultiColumn(table, named.name(), named.value().type());
        }
      }
    }
  }

  private static @Nullable Refusal judgeText(String measure, Measure.OfVarchar text) {
    int bytes = Refusal.utf8Bytes(text.value());
    if (bytes < 0) {
      return Refusal.ofText("value of measure", text.value(), VARCHAR_BYTES_MAX);
    }
    return bytes <= VARCHAR_BYTES_MAX
        ? null
        : Refusal.size("VARCHAR value of measure", measure, bytes, VARCHAR_BYTES_MAX);
  }

  private static @Nullable Refusal judgeMulti(
      StoredTable table, Series series, Measure.OfMulti multi) {
    if (multi.values().size() > MULTI_VALUES_MAX) {
      return new Refusal(
          Reason.LIMIT,
          "a MULTI measure has %d values, the limit is %d"
              .formatted(multi.values().size(), MULTI_VALUES_MAX));
    }
    int added = 0;
    int bytes = 0;
    for (Measure.Named named : multi.values()) {
      MultiColumn column = table.multiColumn(named.name());
      Refusal refusal = null;
      if (column == null) {
        added++;
        refusal = judgeColumnName(table, series, named.name());
      } else if (column.type() != named.value().type()) {
        refusal = wrongType(column, named.value().type());
      }
      if (refusal == null && named.value() instanceof Measure.OfVarchar text) {
        refusal = judgeText(named.name(), text);
      }
      if (refusal != null) {
        return refusal;
      }
      bytes += bytes(named.value());
    }
    if (table.rules().account() != null && bytes > MULTI_BYTES_MAX) {
      return Refusal.size("the values of measure", series.measureName(), bytes, MULTI_BYTES_MAX);
    }
    if (added > 0 && table.multiColumns().size() + added > MULTI_COLUMNS_MAX) {
      return new Refusal(
          Reason.LIMIT,
          "table %s would have %d multi measures, its limit is %d"
              .formatted(table.name(), table.multiColumns().size() + added, MULTI_COLUMNS_MAX));
    }
    return null;
  }

  private static Refusal wrongType(MultiColumn column, MeasureType type) {
    return new Refusal(
        Reason.TYPE,
        ("measure \"%s\" has type %s, not %s. Each multi measure name can have only one"
                + " measure value type and cannot be changed.")
            .formatted(column.name(), column.type(), type));
  }

  private static @Nullable Refusal judgeColumnName(StoredTable table, Series series, String name) {
    Refusal refusal = Refusal.ofText("measure name", name, table.rules().measureNameBytesMax());
    if (refusal != null) {
      return refusal;
    }
    boolean account = table.rules().account() != null;
    if (account && SystemNames.takenFromMeasures(name)) {
      return new Refusal(Reason.NAME, "measure name \"%s\" is reserved".formatted(name));
    }
    if (table.hasDimension(name)
        || series.dimension(name) != null
        || name.equals("time")
        || name.equals("measure_name")) {
      return new Refusal(
          Reason.NAME, "measure name \"%s\" is not allowed: another column has it".formatted(name));
    }
    return null;
  }

  private static int bytes(Measure value) {
    return switch (value) {
      case Measure.OfVarchar text -> Refusal.utf8Bytes(text.value());
      case Measure.OfBoolean _ -> BOOLEAN_BYTES;
      case Measure.OfDouble _, Measure.OfBigint _, Measure.OfTimestamp _ -> NUMBER_BYTES;
      case Measure.OfMulti _ -> 0; // there is none inside of another
    };
  }
}
