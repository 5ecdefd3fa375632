// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.WriteCommand.Administer;
import dev.weir.store.embedded.WriteCommand.Rotate;
import dev.weir.store.embedded.WriteCommand.WritePoints;
import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.hot.CatalogRecords;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.hot.LogRecords;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.WriteAheadLog;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one thread that writes. It takes what waits in the queue as one group, decides every point,
 * writes one log record, syncs, makes the rows visible and then answers. When the log can't be
 * written the group leaves no trace and its senders are told to come again.
 *
 * <p>The catalog is not taken back with a failed group: names and series without points harm
 * nobody, and they are written with the next record that succeeds.
 */
final class Committer implements Runnable {

  /** Points of one group: large enough to share a sync, small enough to answer soon. */
  private static final int GROUP_POINTS = 50_000;

  /** Generations that may wait for the sealer before writers are turned away. */
  static final int WAITING_GENERATIONS_MAX = 4;

  /** Rows take less; this bounds what changes of the catalog alone can leave to be read again. */
  private static final long SEGMENT_BYTES_MAX = 256L << 20;

  private static final int BUFFER_KEEP_BYTES = 4 << 20;
  private static final long IDLE_MILLIS = 1_000;
  private static final long FORGET_MILLIS = 5;
  private static final long SEALER_LOOK_MILLIS = 50;

  private final EmbeddedStoreOptions options;
  private final StoreCatalog catalog;
  private final Holdings holdings;
  private final WriteQueue queue;
  private final WriteAheadLog log;
  private final LateLookup lookup;
  private final Sealer sealer;
  private final SeriesRules rules;
  private final ValueRules values;
  private final LogRecords records;
  private final Forgetting forgetting;
  private final ByteSink record = new ByteSink();
  private Marks logged;

  Committer(
      EmbeddedStoreOptions options,
      StoreCatalog catalog,
      Holdings holdings,
      WriteQueue queue,
      WriteAheadLog log,
      LateLookup lookup,
      Sealer sealer) {
    this.options = options;
    this.catalog = catalog;
    this.holdings = holdings;
    this.queue = queue;
    this.log = log;
    this.lookup = lookup;
    this.sealer = sealer;
    this.rules = new SeriesRules(catalog, options.limits().seriesBytes());
    this.values = new ValueRules(catalog);
    this.forgetting = new Forgetting(catalog, holdings.readers());
    this.records = new LogRecords(catalog, options.clock().instant(), _ -> {});
    this.logged = catalog.marks();
  }

  @Override
  public void run() {
    while (!queue.isDrained()) {
      List<WriteCommand> group;
      try {
        group = queue.take(GROUP_POINTS, forgetting.work() ? FORGET_MILLIS : IDLE_MILLIS);
      } catch (InterruptedException e) {
        queue.close();
        continue;
      }
      try {
        if (!group.isEmpty()) {
          awaitSealer();
          work(group);
        }
        rotateIfDue();
      } catch (RuntimeException | Error e) {
        // An error too, such as memory that was short: without this thread nothing is written.
        fail(group, e);
      }
    }
  }

  /**
   * Lets a sealer that works catch up: writers then wait in the queue instead of being turned away.
   * A sealer that fails is not waited for.
   */
  private void awaitSealer() {
    try {
      while (holdings.closed().size() >= WAITING_GENERATIONS_MAX && !sealer.failing()) {
        holdings.awaitSeal(WAITING_GENERATIONS_MAX, SEALER_LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      queue.close();
    }
  }

  /** In the order of arrival: points in groups, each change of the catalog for itself. */
  private void work(List<WriteCommand> taken) {
    List<WriteCommand> group = new ArrayList<>();
    for (WriteCommand command : taken) {
      if (command instanceof Administer<?> administer) {
        commit(group);
        group = new ArrayList<>();
        administer(administer);
      } else {
        group.add(command);
      }
    }
    commit(group);
  }

  private void administer(Administer<?> command) {
    if (command.done().isDone()) {
      return; // Its caller has given up.
    }
    try {
      command.run(catalog, options.clock().instant(), this::change);
    } catch (StoreException e) {
      command.fail(e);
    } catch (IOException | RuntimeException | Error e) {
      command.fail(failure(e));
      options.listener().commitFailed(String.valueOf(e.getMessage()));
    }
  }

  /** Changes are in the log before they are in the catalog: one that fails leaves no trace. */
  private void change(List<CatalogChange> changes) throws IOException {
    beginRecord();
    changes.forEach(change -> CatalogRecords.write(record, change));
    log.append(record);
    for (CatalogChange change : changes) {
      catalog.apply(change);
      holdings.apply(change);
    }
    logged = catalog.marks();
    sealer.wakeUp();
  }

  private void commit(List<WriteCommand> group) {
    if (group.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    Admission admission =
        new Admission(catalog, rules, values, holdings.active(), options.clock().instant());
    List<WriteCommand> live = new ArrayList<>();
    try {
      for (WriteCommand command : group) {
        if (prepare(command, admission)) {
          live.add(command);
        }
      }
      if (admission.existing().size() > 0) {
        lookup.fill(admission.existing());
        admission.admitLate();
      }
      writeRecord(admission);
    } catch (IOException | SQLException | RuntimeException | Error e) {
      admission.undo();
      // All: one that was never reached must not wait for its deadline either.
      fail(group, e);
      return;
    }
    holdings.publish();
    live.forEach(this::succeed);
    options.listener().committed(System.nanoTime() - start, admission.added(), queue.depth());
  }

  /** Puts a command's work into the group; false when it is over or refused as a whole. */
  private boolean prepare(WriteCommand command, Admission admission) {
    if (command.done().isDone()) {
      return false; // Its caller has given up: under load, others need the time.
    }
    switch (command) {
      case WritePoints points -> {
        StoredTable table = catalog.table(points.table());
        if (table == null) {
          points.fail(
              new StoreException(Kind.NOT_FOUND, "table " + points.table() + " does not exist"));
          return false;
        }
        if (holdings.closed().size() >= WAITING_GENERATIONS_MAX) {
          points.fail(
              new StoreException(
                  Kind.UNAVAILABLE,
                  "the store's file can't be written (disk full?), and %d generations wait for it"
                      .formatted(WAITING_GENERATIONS_MAX),
                  Duration.ofSeconds(5),
                  null));
          return false;
        }
        admission.admit(points, table);
      }
      case Rotate _, Administer<?> _ -> {}
    }
    return true;
  }

  private void writeRecord(Admission admission) throws IOException {
    Marks marks = catalog.marks();
    if (admission.added() == 0 && marks.equals(logged)) {
      return;
    }
    beginRecord();
    log.append(record);
    logged = marks;
  }

  /** A record with everything that the log does not have yet. */
  private void beginRecord() {
    record.clear(BUFFER_KEEP_BYTES);
    record.skip(WriteAheadLog.HEADER_BYTES);
    records.write(record, logged, catalog.marks(), holdings.active());
  }

  private void succeed(WriteCommand command) {
    switch (command) {
      case WritePoints points -> points.succeed();
      case Administer<?> _ -> {}
      case Rotate rotate -> {
        try {
          rotate();
          rotate.done().complete(null);
        } catch (IOException e) {
          rotate.fail(failure(e));
        }
      }
    }
  }

  private void rotateIfDue() {
    Generation active = holdings.active();
    StoreLimits limits = options.limits();
    long age = options.clock().millis() - active.createdMillis();
    boolean something = active.rows() > 0 || !logged.equals(active.marks());
    boolean due =
        active.rows() >= limits.generationRowsMax()
            || active.objectBytes() >= limits.generationObjectBytesMax()
            || log.currentBytes() >= SEGMENT_BYTES_MAX
            || (something && age >= limits.generationAgeMax().toMillis());
    if (!due) {
      return;
    }
    try {
      rotate();
    } catch (IOException | RuntimeException e) {
      // Goes on in the old segment, and tries again after the next group.
      options.listener().commitFailed("log can't start a new segment: " + e.getMessage());
    }
  }

  private void rotate() throws IOException {
    if (holdings.active().rows() == 0 && logged.equals(holdings.active().marks())) {
      return;
    }
    log.rotate();
    holdings.active().close(logged);
    Generation next = new Generation(log.currentSegment(), options.clock().millis());
    next.close(logged);
    holdings.rotate(next);
    sealer.wakeUp();
  }

  private void fail(List<WriteCommand> group, Throwable e) {
    StoreException failure = failure(e);
    group.forEach(command -> command.fail(failure));
    options.listener().commitFailed(String.valueOf(e.getMessage()));
  }

  private static StoreException failure(Throwable e) {
    if (e instanceof StoreException known) {
      return known;
    }
    String what =
        e instanceof IOException
            ? "the log can't be written (disk full or not writable?)"
            : "stored points can't be read now";
    boolean expected = e instanceof IOException || e instanceof SQLException;
    Kind kind = expected ? Kind.UNAVAILABLE : Kind.INTERNAL;
    return new StoreException(
        kind,
        kind == Kind.INTERNAL ? "the write failed inside the store" : what,
        Duration.ofSeconds(1),
        e);
  }
}
