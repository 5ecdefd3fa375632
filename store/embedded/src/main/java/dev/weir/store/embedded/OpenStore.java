// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.StoreHealth.Health;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.disk.DiskCatalog;
import dev.weir.store.embedded.disk.EngineSettings;
import dev.weir.store.embedded.disk.Partitions;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.hot.LogRecords;
import dev.weir.store.embedded.log.ByteSource;
import dev.weir.store.embedded.log.CorruptLogException;
import dev.weir.store.embedded.log.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an open store, wired. Opening: lock the folder, open the engine, read the catalog,
 * read the log segments that are not sealed yet back into memory, start the two threads.
 */
record OpenStore(
    EmbeddedStoreOptions options,
    DataFolder folder,
    EngineKeeper keeper,
    StoreCatalog catalog,
    Holdings holdings,
    WriteQueue queue,
    WriteAheadLog log,
    Sealer sealer,
    Queries queries,
    Thread committerThread,
    Thread sealerThread) {

  private static final long STOP_SECONDS = 60;

  static OpenStore open(EmbeddedStoreOptions options) {
    DataFolder folder = DataFolder.open(options.folder().toAbsolutePath().normalize());
    EngineKeeper keeper = null;
    try {
      NativeLibrary.load();
      keeper =
          new EngineKeeper(
              new EngineSettings(
                  folder.databaseFile(),
                  folder.temporary(),
                  options.limits().memoryBytes(),
                  options.limits().threads(),
                  options.limits().spillBytes()),
              options.listener());
      return recover(options, folder, keeper);
    } catch (SQLException | IOException | RuntimeException e) {
      closeQuietly(keeper);
      folder.close();
      throw notOpened(folder, e);
    }
  }

  private static OpenStore recover(
      EmbeddedStoreOptions options, DataFolder folder, EngineKeeper keeper)
      throws SQLException, IOException {
    StoreCatalog catalog = new StoreCatalog();
    DiskCatalog disk = new DiskCatalog(keeper.engine());
    disk.prepare(options.clock().instant());
    Partitions partitions = disk.partitions();
    disk.load(catalog, partitions);
    Marks saved = catalog.marks();
    Recovery recovery = new Recovery(catalog, options.clock().instant());
    WriteAheadLog log =
        WriteAheadLog.open(
            folder.log(), options.segmentFiles(), disk.sealedThrough(), recovery::apply);
    Holdings holdings = new Holdings(recovery.generations(log.currentSegment()), partitions);
    WriteQueue queue = new WriteQueue(options.limits().queuePointsMax());
    Sealer sealer = new Sealer(options, folder, catalog, holdings, keeper, log, saved);
    Committer committer =
        new Committer(
            options,
            catalog,
            holdings,
            queue,
            log,
            new LateLookup(catalog, holdings, keeper),
            sealer);
    Thread committerThread = Thread.ofPlatform().name("weir-committer").start(committer);
    Thread sealerThread = Thread.ofPlatform().name("weir-sealer").daemon().start(sealer);
    sealer.wakeUp();
    return new OpenStore(
        options,
        folder,
        keeper,
        catalog,
        holdings,
        queue,
        log,
        sealer,
        new Queries(options, catalog, holdings, keeper, folder.temporary()),
        committerThread,
        sealerThread);
  }

  /** Puts the frames of the log back into generations. */
  private static final class Recovery {
    private final StoreCatalog catalog;
    private final LogRecords records;
    private final long nowMillis;
    private final TreeMap<Long, Generation> generations = new TreeMap<>();

    Recovery(StoreCatalog catalog, Instant now) {
      this.catalog = catalog;
      this.records =
          new LogRecords(
              catalog,
              now,
              change -> generations.values().forEach(generation -> generation.apply(change)));
      this.nowMillis = now.toEpochMilli();
    }

    void apply(ByteSource frame, long segment) {
      Generation generation = generations.get(segment);
      if (generation == null) {
        generation = start(segment);
      }
      records.read(frame, generation);
      generation.publish();
    }

    List<Generation> generations(long currentSegment) {
      if (!generations.containsKey(currentSegment)) {
        start(currentSegment);
      }
      return new ArrayList<>(generations.values());
    }

    private Generation start(long segment) {
      Marks marks = catalog.marks();
      if (!generations.isEmpty()) {
        generations.lastEntry().getValue().close(marks);
      }
      Generation generation = new Generation(segment, nowMillis);
      generation.close(marks);
      generations.put(segment, generation);
      return generation;
    }
  }

  void backup(Path target, Runnable rotate, Consumer<Path> rest) {
    sealer.sealing().lock();
    try {
      // Few generations are left to wait for the end of the copy, so that writers need not. Where
      // that fails, what is on the disk is whole all the same.
      boolean settled = sealer.work();
      new Backup(folder, log)
          .copyTo(target, rotate, () -> !settled || sealer.checkpointIfDue(), rest);
    } finally {
      sealer.sealing().unlock();
    }
  }

  Health health() {
    if (!committerThread.isAlive()) {
      return new Health(false, "the store is closed");
    }
    if (!keeper.usable()) {
      return new Health(false, "the store's file is being opened again");
    }
    if (sealer.failing() && holdings.closed().size() >= Committer.WAITING_GENERATIONS_MAX) {
      return new Health(false, "writes are refused until the file can be written (disk full?)");
    }
    return new Health(true, "writes and queries work");
  }

  void close() {
    queue.close();
    try {
      committerThread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      sealer.stop();
      sealerThread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queries.close();
    closeQuietly(keeper);
    try {
      log.close();
    } catch (IOException e) {
      throw new StoreException(Kind.INTERNAL, "the log can't be closed", e);
    } finally {
      folder.close();
    }
  }

  private static void closeQuietly(@Nullable EngineKeeper keeper) {
    if (keeper != null) {
      try {
        keeper.close();
      } catch (SQLException e) {
        return; // Nothing is lost: what is acknowledged is in the log or in the file.
      }
    }
  }

  private static StoreException notOpened(DataFolder folder, Exception e) {
    if (e instanceof StoreException known) {
      return known;
    }
    if (e instanceof CorruptLogException) {
      return new StoreException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new StoreException(
        Kind.UNAVAILABLE, "data folder %s can't be opened: %s".formatted(folder.root(), reason), e);
  }
}
