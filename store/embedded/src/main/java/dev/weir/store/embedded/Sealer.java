// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.DiskCatalog;
import dev.weir.store.embedded.disk.Engine;
import dev.weir.store.embedded.disk.GenerationSeal;
import dev.weir.store.embedded.disk.Partition;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.log.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The only thread that writes to the engine: seals closed generations, drops days beyond the
 * retention, makes checkpoints, and opens the engine again when it has become unusable. Whatever
 * fails is tried again; rows stay in memory and in the log until they are sealed.
 */
final class Sealer implements Runnable {

  private static final long TICK_MILLIS = 2_000;

  /** Sealed rows take 7 to 12 bytes; room for the engine's own log comes on top. */
  private static final long BYTES_PER_ROW = 32;

  private static final long RETENTION_EVERY_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final EmbeddedStoreOptions options;
  private final DataFolder folder;
  private final StoreCatalog catalog;
  private final Holdings holdings;
  private final EngineKeeper keeper;
  private final WriteAheadLog log;
  private final ReentrantLock sealing = new ReentrantLock();
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean stopped;
  private volatile boolean failing;
  private Marks saved;
  private boolean checkpointDue = true;
  private long retentionDueMillis;

  Sealer(
      EmbeddedStoreOptions options,
      DataFolder folder,
      StoreCatalog catalog,
      Holdings holdings,
      EngineKeeper keeper,
      WriteAheadLog log,
      Marks saved) {
    this.options = options;
    this.folder = folder;
    this.catalog = catalog;
    this.holdings = holdings;
    this.keeper = keeper;
    this.log = log;
    this.saved = saved;
  }

  /** Held while the file is copied, so that nothing changes in it. */
  ReentrantLock sealing() {
    return sealing;
  }

  /** Whether its last try to do what was due has failed. */
  boolean failing() {
    return failing || stopped;
  }

  void wakeUp() {
    wakeUps.release();
  }

  void stop() {
    stopped = true;
    wakeUp();
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        if (wakeUps.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
      } catch (InterruptedException e) {
        stopped = true; // so that nobody waits for it
        return;
      }
      if (!stopped) {
        failing = !work();
      }
    }
  }

  /** Does what is due; returns whether nothing failed. */
  boolean work() {
    sealing.lock();
    try {
      keeper.mend();
      boolean sealed = sealClosed();
      // Also when there is no room to seal: what is dropped may be what makes room.
      dropOld();
      checkpointIfDue();
      return sealed;
    } catch (SQLException | IOException | RuntimeException | Error e) {
      // An error too, such as a full heap: without this thread all writers would wait for ever.
      if (e instanceof SQLException failure) {
        keeper.failed(failure);
      }
      options.listener().sealFailed(String.valueOf(e.getMessage()));
      return false;
    } finally {
      sealing.unlock();
    }
  }

  /** Moves the engine's own log into the file; the caller holds {@link #sealing}. */
  boolean checkpointIfDue() throws SQLException {
    if (checkpointDue && keeper.engine().checkpoint()) {
      checkpointDue = false;
      tellSizes();
    }
    return !checkpointDue;
  }

  private boolean sealClosed() throws SQLException, IOException {
    while (!holdings.closed().isEmpty()) {
      if (!seal(holdings.closed().getFirst())) {
        return false;
      }
    }
    return true;
  }

  private boolean seal(Generation generation) throws SQLException, IOException {
    long needed =
        options.limits().freeBytesMin()
            + generation.rows() * BYTES_PER_ROW
            + generation.objectBytes();
    long free = folder.usableBytes();
    if (free < needed) {
      options
          .listener()
          .sealFailed(
              "the disk of %s has %d bytes free, sealing needs %d: make room"
                  .formatted(folder.root(), free, needed));
      return false;
    }
    long start = System.nanoTime();
    if (!finishIfCommitted(generation)) {
      write(generation);
    }
    saved = generation.marks();
    catalog.forgetHistory(saved);
    log.deleteThrough(generation.segment());
    checkpointDue = true;
    options.listener().sealed(System.nanoTime() - start, generation.rows());
    return true;
  }

  private void write(Generation generation) throws SQLException {
    Engine engine = keeper.engine();
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      List<Partition> changed =
          new GenerationSeal(engine, catalog)
              .write(statement, generation, saved, holdings.partitions());
      holdings.sealed(generation, changed, () -> statement.execute("COMMIT"));
    } catch (SQLException e) {
      keeper.failed(e);
      keeper.mend();
      if (!finishIfCommitted(generation)) {
        throw e;
      }
    }
  }

  /**
   * A commit may have been durable although it failed: the file tells. Asked before each try, since
   * the file may not have been readable after the last one, and writing twice would double rows.
   */
  private boolean finishIfCommitted(Generation generation) throws SQLException {
    DiskCatalog disk = new DiskCatalog(keeper.engine());
    if (disk.sealedThrough() < generation.segment()) {
      return false;
    }
    holdings.sealed(generation, disk.partitions().byName().values(), () -> {});
    return true;
  }

  /** Days beyond the retention, every now and then; days of deleted tables at once. */
  private void dropOld() throws SQLException {
    long now = options.clock().millis();
    List<Partition> old = new ArrayList<>();
    for (int tableId : holdings.partitions().tableIds()) {
      if (catalog.tableById(tableId) == null) {
        old.addAll(holdings.partitions().of(tableId));
      }
    }
    if (now >= retentionDueMillis) {
      for (StoredTable table : catalog.tables()) {
        long oldest = Retention.oldestNanos(table.rules(), options.clock());
        for (Partition partition : holdings.partitions().of(table.id(), 0, oldest)) {
          if (partition.timeMaxNanos() < oldest) {
            old.add(partition);
          }
        }
      }
    }
    if (!old.isEmpty()) {
      drop(old);
    }
    if (now >= retentionDueMillis) {
      retentionDueMillis = now + RETENTION_EVERY_MILLIS;
    }
  }

  /**
   * Removes the sealed points of a table that are before a time, then does a deed while nothing is
   * sealed, so that no such point comes into the file in between. What is removed must be hidden
   * already.
   */
  <T> T without(StoredTable table, long beforeNanos, Supplier<T> deed) {
    BoundedLock.take(sealing, Submission.PATIENCE, "table " + table.name());
    try {
      // Few generations are left to wait for the deed, so that writers need not.
      if (!work()) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "table %s can't be changed now: the store's file can't be written (disk full?)"
                .formatted(table.name()));
      }
      List<Partition> reaching =
          holdings.partitions().of(table.id(), 0, beforeNanos).stream()
              .filter(partition -> partition.timeMinNanos() < beforeNanos)
              .toList();
      if (!reaching.isEmpty()) {
        cut(reaching, beforeNanos);
      }
      return deed.get();
    } catch (SQLException e) {
      keeper.failed(e);
      throw new StoreException(
          Kind.UNAVAILABLE, "table %s can't be changed now".formatted(table.name()), e);
    } finally {
      sealing.unlock();
    }
  }

  private void cut(List<Partition> partitions, long beforeNanos) throws SQLException {
    Engine engine = keeper.engine();
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      List<Partition> changed =
          new GenerationSeal(engine, catalog).cut(statement, partitions, beforeNanos);
      holdings.changed(changed, () -> statement.execute("COMMIT"));
    }
    checkpointDue = true;
  }

  private void drop(List<Partition> old) throws SQLException {
    Engine engine = keeper.engine();
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      new GenerationSeal(engine, catalog).drop(statement, old);
      holdings.dropped(old, () -> statement.execute("COMMIT"));
    }
    checkpointDue = true;
    options.listener().dropped(old.size(), old.stream().mapToLong(Partition::rows).sum());
  }

  private void tellSizes() throws SQLException {
    long used = 0;
    try (Connection connection = keeper.engine().connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT used_blocks * block_size FROM pragma_database_size()")) {
      if (result.next()) {
        used = result.getLong(1);
      }
    }
    try {
      options.listener().sized(Files.size(folder.databaseFile()), used, log.totalBytes());
    } catch (IOException e) {
      options.listener().sealFailed("size of the file can't be read: " + e.getMessage());
    }
  }
}
