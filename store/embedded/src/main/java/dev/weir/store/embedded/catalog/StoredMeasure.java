// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.model.MeasureType;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import java.time.Duration;
import java.time.Instant;

/** A measure name of a table, with the type that its first point gave it for good. */
public final class StoredMeasure {

  /** Stands in the place of measures whose table is deleted. */
  public static final StoredMeasure GONE =
      new StoredMeasure(
          Integer.MAX_VALUE,
          new StoredTable(
              TableState.own(
                  -1,
                  new TableName("gone", "gone"),
                  TableRules.own(Duration.ofHours(1)),
                  Instant.EPOCH,
                  Instant.EPOCH)),
          "",
          MeasureType.DOUBLE);

  private final int id;
  private final StoredTable table;
  private final String name;
  private final MeasureType type;
  private final IntList series = new IntList();

  StoredMeasure(int id, StoredTable table, String name, MeasureType type) {
    this.id = id;
    this.table = table;
    this.name = name;
    this.type = type;
  }

  /** Unique in the store. */
  public int id() {
    return id;
  }

  public StoredTable table() {
    return table;
  }

  public String name() {
    return name;
  }

  public MeasureType type() {
    return type;
  }

  /** The numbers of its series, ascending. */
  public IntList series() {
    return series;
  }
}
