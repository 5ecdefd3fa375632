// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.model.MeasureType;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A table: its rules and names. */
public final class StoredTable {

  private volatile TableState state;
  private volatile boolean deleted;
  private final Map<Integer, StoredMeasure> measuresById = new ConcurrentSkipListMap<>();
  private final Map<String, StoredMeasure> measures = new ConcurrentHashMap<>();
  private final List<String> dimensions = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> dimensionOrdinals = new ConcurrentHashMap<>();
  private final List<MultiColumn> multiColumns = new CopyOnWriteArrayList<>();
  private final Map<String, MultiColumn> multiColumnsByName = new ConcurrentHashMap<>();

  StoredTable(TableState state) {
    this.state = state;
  }

  public int id() {
    return state.id();
  }

  public TableName name() {
    return state.name();
  }

  public TableRules rules() {
    return state.rules();
  }

  public TableState state() {
    return state;
  }

  void state(TableState changed) {
    state = changed;
  }

  /** Whether it was deleted; whoever still holds it must not begin anything with it. */
  public boolean deleted() {
    return deleted;
  }

  void delete() {
    deleted = true;
  }

  public @Nullable StoredMeasure measure(String measureName) {
    return measures.get(measureName);
  }

  /** All measures, in the order in which they appeared. */
  public Collection<StoredMeasure> measures() {
    return Collections.unmodifiableCollection(measuresById.values());
  }

  public int measureCount() {
    return measures.size();
  }

  void remove(StoredMeasure measure) {
    measuresById.remove(measure.id());
    measures.remove(measure.name());
  }

  void add(StoredMeasure measure) {
    measuresById.put(measure.id(), measure);
    measures.put(measure.name(), measure);
  }

  /** Dimension names in the order in which they appeared. */
  public List<String> dimensions() {
    return new ArrayList<>(dimensions);
  }

  public boolean hasDimension(String dimension) {
    return dimensionOrdinals.containsKey(dimension);
  }

  public int dimensionCount() {
    return dimensions.size();
  }

  /** The place of a dimension among the dimensions, or -1. */
  public int dimensionOrdinal(String dimension) {
    return dimensionOrdinals.getOrDefault(dimension, -1);
  }

  void addDimension(String dimension) {
    if (dimensionOrdinals.putIfAbsent(dimension, dimensions.size()) == null) {
      dimensions.add(dimension);
    }
  }

  /**
   * Whether all columns of a description are here. They are not when the table was deleted and made
   * anew since it was described.
   */
  public boolean has(TableDescription described) {
    return described.columns().stream()
        .allMatch(column ->
            switch (column.role()) {
              case DIMENSION -> hasDimension(column.name());
              case MULTI -> multiColumnsByName.containsKey(column.name());
              case MEASURE_NAME, TIMESTAMP, MEASURE_VALUE -> true;
            });
  }

  public List<MultiColumn> multiColumns() {
    return Collections.unmodifiableList(multiColumns);
  }

  public @Nullable MultiColumn multiColumn(String column) {
    return multiColumnsByName.get(column);
  }

  MultiColumn addMultiColumn(String column, MeasureType type) {
    MultiColumn added = new MultiColumn(multiColumns.size(), column, type);
    multiColumns.add(added);
    multiColumnsByName.put(column, added);
    return added;
  }
}
