// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All sealed partitions at one moment; immutable. */
public record Partitions(Map<String, Partition> byName) {

  public static final Partitions NONE = new Partitions(Map.of());

  public Partitions {
    byName = Map.copyOf(byName);
  }

  /** Those of a table that may hold times between the two, both inclusive. */
  public List<Partition> of(int tableId, long fromNanos, long toNanos) {
    return byName.values().stream()
        .filter(partition -> partition.tableId() == tableId)
        .filter(partition -> partition.timeMinNanos() <= toNanos)
        .filter(partition -> partition.timeMaxNanos() >= fromNanos)
        .sorted(Comparator.comparingLong(Partition::day))
        .toList();
  }

  /** The greatest sealed time of a table, or -1. */
  public long newestNanos(int tableId) {
    return byName.values().stream()
        .filter(partition -> partition.tableId() == tableId)
        .mapToLong(Partition::timeMaxNanos)
        .max()
        .orElse(-1);
  }

  public Partitions with(Collection<Partition> changed) {
    Map<String, Partition> all = new TreeMap<>(byName);
    changed.forEach(partition -> all.put(partition.sqlName(), partition));
    return new Partitions(all);
  }

  public Partitions without(Collection<Partition> dropped) {
    Map<String, Partition> all = new TreeMap<>(byName);
    dropped.forEach(partition -> all.remove(partition.sqlName()));
    return new Partitions(all);
  }

  Stream<Partition> stream() {
    return byName.values().stream();
  }
}
