// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.disk.Partition;
import dev.weir.store.embedded.disk.Partitions;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.hot.LaneView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Which rows the store has, and where: generations in memory and partitions on disk. A row is in
 * exactly one of them for whoever holds a {@link Snapshot}, even while a generation is being
 * sealed.
 *
 * <p>Two locks. {@code swap} makes the engine's commit of a seal and the change of the lists one
 * step for readers. {@code publishing} makes the rows of one commit visible together; it is held
 * for microseconds, so that the committer never waits for a seal or a query.
 */
final class Holdings {

  private final ReentrantReadWriteLock swap = new ReentrantReadWriteLock(true);
  private final ReentrantLock publishing = new ReentrantLock();
  private final Readers readers = new Readers();
  private final Condition sealedOne = publishing.newCondition();
  // Oldest first; the last one is being written.
  private volatile List<Generation> generations;
  private volatile Partitions partitions;

  Holdings(List<Generation> generations, Partitions partitions) {
    this.generations = List.copyOf(generations);
    this.partitions = partitions;
  }

  /**
   * What a reader sees.
   *
   * @param hot unsealed rows by table id, oldest generation first
   * @param since when the reader began; it ends when this is closed
   */
  record Snapshot(
      Map<Integer, List<LaneView>> hot, Partitions partitions, Readers readers, long since)
      implements AutoCloseable {

    @Override
    public void close() {
      readers.leave(since);
    }

    List<LaneView> hot(int tableId) {
      return hot.getOrDefault(tableId, List.of());
    }
  }

  /** A step of the engine that ends a transaction. */
  @FunctionalInterface
  interface EngineStep {
    void run() throws SQLException;
  }

  /** The generation that is being written. */
  Generation active() {
    return generations.getLast();
  }

  /** Generations that wait to be sealed, oldest first. */
  List<Generation> closed() {
    List<Generation> all = generations;
    return all.subList(0, all.size() - 1);
  }

  Partitions partitions() {
    return partitions;
  }

  Readers readers() {
    return readers;
  }

  /** Makes what was appended to the active generation visible. */
  void publish() {
    publishing.lock();
    try {
      active().publish();
    } finally {
      publishing.unlock();
    }
  }

  /** Closes the active generation and goes on with another. Only the committer calls this. */
  void rotate(Generation next) {
    publishing.lock();
    try {
      List<Generation> all = new ArrayList<>(generations);
      all.add(next);
      generations = List.copyOf(all);
    } finally {
      publishing.unlock();
    }
  }

  /** Lets go of rows in memory that a change of the catalog has taken away. */
  void apply(CatalogChange change) {
    publishing.lock();
    try {
      generations.forEach(generation -> generation.apply(change));
    } finally {
      publishing.unlock();
    }
  }

  /**
   * Begins a reading transaction on the statement's connection and takes the snapshot that belongs
   * to it.
   */
  Snapshot pin(Statement statement) throws SQLException {
    long since = readers.enter();
    boolean pinned = false;
    swap.readLock().lock();
    try {
      statement.execute("BEGIN TRANSACTION READ ONLY");
      // DuckDB takes its snapshot at the first look into the file.
      requireSettled(statement);
      Snapshot snapshot = snapshot(since);
      pinned = true;
      return snapshot;
    } finally {
      swap.readLock().unlock();
      if (!pinned) {
        readers.leave(since);
      }
    }
  }

  /** A seal that was durable although its commit failed must not show its rows twice. */
  private void requireSettled(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT sealed FROM weir_meta")) {
      result.next();
      if (result.getLong(1) >= generations.getFirst().segment()) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "the store recovers from a failed write to its file",
            Duration.ofSeconds(1),
            null);
      }
    }
  }

  /** Ends the transaction that sealed a generation, and forgets the generation. */
  void sealed(Generation generation, Collection<Partition> changed, EngineStep commit)
      throws SQLException {
    swap.writeLock().lock();
    try {
      commit.run();
      partitions = partitions.with(changed);
      publishing.lock();
      try {
        generations = generations.stream().filter(each -> !each.equals(generation)).toList();
        sealedOne.signalAll();
      } finally {
        publishing.unlock();
      }
    } finally {
      swap.writeLock().unlock();
    }
  }

  /** Waits until fewer generations than this wait to be sealed, but not longer than that. */
  void awaitSeal(int closedMax, long waitMillis) throws InterruptedException {
    long rest = TimeUnit.MILLISECONDS.toNanos(waitMillis);
    publishing.lockInterruptibly();
    try {
      while (closed().size() >= closedMax && rest > 0) {
        rest = sealedOne.awaitNanos(rest);
      }
    } finally {
      publishing.unlock();
    }
  }

  /** Ends the transaction that changed partitions. */
  void changed(Collection<Partition> now, EngineStep commit) throws SQLException {
    swap.writeLock().lock();
    try {
      commit.run();
      partitions = partitions.with(now);
    } finally {
      swap.writeLock().unlock();
    }
  }

  /** Ends the transaction that dropped partitions. */
  void dropped(Collection<Partition> old, EngineStep commit) throws SQLException {
    swap.writeLock().lock();
    try {
      commit.run();
      partitions = partitions.without(old);
    } finally {
      swap.writeLock().unlock();
    }
  }

  private Snapshot snapshot(long since) {
    publishing.lock();
    try {
      Map<Integer, List<LaneView>> hot = new TreeMap<>();
      for (Generation generation : generations) {
        for (int tableId : generation.tableIds()) {
          hot.computeIfAbsent(tableId, _ -> new ArrayList<>()).addAll(generation.views(tableId));
        }
      }
      return new Snapshot(hot, partitions, readers, since);
    } finally {
      publishing.unlock();
    }
  }
}
