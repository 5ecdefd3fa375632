// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All sealed partitions at one moment; immutable. */
public final class Partitions {

  public static final Partitions NONE = new Partitions(Map.of());

  private final Map<String, Partition> byName;
  private final Map<Integer, List<Partition>> byTable;

  public Partitions(Map<String, Partition> byName) {
    this.byName = Map.copyOf(byName);
    this.byTable =
        byName.values().stream()
            .sorted(Comparator.comparingLong(Partition::day))
            .collect(groupingBy(Partition::tableId, toList()));
  }

  public Map<String, Partition> byName() {
    return byName;
  }

  /** The tables that have partitions. */
  public Set<Integer> tableIds() {
    return byTable.keySet();
  }

  /** Those of a table, by day. */
  public List<Partition> of(int tableId) {
    return byTable.getOrDefault(tableId, List.of());
  }

  /** Those of a table that may hold times between the two, both inclusive; by day. */
  public List<Partition> of(int tableId, long fromNanos, long toNanos) {
    return of(tableId).stream()
        .filter(partition -> partition.timeMinNanos() <= toNanos)
        .filter(partition -> partition.timeMaxNanos() >= fromNanos)
        .toList();
  }

  /** The greatest sealed time of a table, or -1. */
  public long newestNanos(int tableId) {
    return of(tableId).stream().mapToLong(Partition::timeMaxNanos).max().orElse(-1);
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
}
