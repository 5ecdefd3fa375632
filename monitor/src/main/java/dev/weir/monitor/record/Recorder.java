// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.model.Point;
import dev.weir.monitor.record.ResultQueue.Step;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.PointWriter;
import dev.weir.store.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes records of results and brings them into the store, by way of a queue on disk: one folder
 * and one thread for each customer, so that a store that does not take one customer's records holds
 * up nobody else's. A result that {@link #accept} has returned for outlives the process; a loss of
 * power takes those of the last {@link #FORCE_EVERY} at most. Thread-safe.
 */
public final class Recorder implements ResultListener, AutoCloseable {

  static final Duration FORCE_EVERY = Duration.ofSeconds(1);

  /** Results are waited for so long, so that they go into the store together. */
  static final Duration LINGER = Duration.ofMillis(500);

  /** So many are enough to go at once. */
  private static final int TOGETHER = 100;

  /** How long closing goes on writing; what is left then waits for the next start. */
  private static final Duration CLOSE_MAX = Duration.ofSeconds(3);

  /** The size of all that waits is looked at after so many bytes. */
  private static final int LOOK_EVERY_BYTES = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final RecorderOptions options;
  private final PointWriter writer;
  private final Consumer<TableName> tables;
  private final RecordListener listener;
  private final InstantSource clock;
  private final FileChannel lockFile;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Thread forcing;
  private final AtomicLong addedBytes = new AtomicLong();
  private volatile boolean closed;

  private Recorder(
      RecorderOptions options,
      PointWriter writer,
      Consumer<TableName> tables,
      RecordListener listener,
      InstantSource clock)
      throws IOException {
    this.options = options;
    this.writer = writer;
    this.tables = tables;
    this.listener = listener;
    this.clock = clock;
    Files.createDirectories(options.folder());
    this.lockFile = lock(options.folder());
    this.forcing = Thread.ofVirtual().name("results-force").unstarted(this::keepForcing);
  }

  /**
   * Opens the folder and begins with what waits in it.
   *
   * @param tables makes a table before its first use, where the store can; else does nothing
   * @throws IllegalStateException where another process has the folder
   * @throws UncheckedIOException where the folder can't be used
   */
  public static Recorder open(
      RecorderOptions options,
      PointWriter writer,
      Consumer<TableName> tables,
      RecordListener listener,
      InstantSource clock) {
    try {
      Recorder recorder = new Recorder(options, writer, tables, listener, clock);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(options.folder())) {
        for (Path folder : left) {
          if (Files.isDirectory(folder)) {
            recorder.lane(folder.getFileName().toString());
          }
        }
      }
      recorder.forcing.start();
      return recorder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "results of checks can't be kept in %s: %s".formatted(options.folder(), e.getMessage()),
          e);
    }
  }

  /** Returns when the result is in the queue; what can't be put there is counted and gone. */
  @Override
  public void accept(SlotResult result) {
    List<Point> points = options.layout().points(result);
    if (points.isEmpty()) {
      return;
    }
    String customer = result.slot().site().key().customer();
    QueuedPoints queued = new QueuedPoints(options.tables().results(customer), points);
    try {
      int bytes = lane(folderName(customer)).add(queued.encode());
      if (addedBytes.addAndGet(bytes) >= LOOK_EVERY_BYTES) {
        makeRoom();
      }
    } catch (IOException | UncheckedIOException e) {
      listener.lost(1);
      LOG.atError().setCause(e).log("A result of a check could not be put into its queue");
    }
  }

  /** Bytes of results that wait. */
  public long waitingBytes() {
    return lanes.values().stream().mapToLong(lane -> lane.queue.log().waitingBytes()).sum();
  }

  /** Writes what can be written soon; the rest stays in the folder. */
  @Override
  public void close() {
    closed = true;
    forcing.interrupt();
    lanes.values().forEach(Lane::wake);
    Instant end = clock.instant().plus(CLOSE_MAX);
    for (Lane lane : lanes.values()) {
      Duration left = Duration.between(clock.instant(), end);
      lane.end(left.isPositive() ? left : Duration.ofMillis(1));
    }
    try {
      lockFile.close();
    } catch (IOException e) {
      LOG.warn("The folder of queued results could not be unlocked", e);
    }
  }

  private Lane lane(String folderName) {
    return lanes.computeIfAbsent(
        folderName,
        name -> {
          QueueLog log = QueueLog.open(options.folder().resolve(name), QueueLog.SEGMENT_BYTES);
          return new Lane(new ResultQueue(log, writer, tables, listener, clock));
        });
  }

  private synchronized void makeRoom() throws IOException {
    addedBytes.set(0);
    while (waitingBytes() > options.queueBytesMax()) {
      Lane largest =
          lanes.values().stream()
              .max(Comparator.comparingLong(lane -> lane.queue.log().waitingBytes()))
              .orElseThrow();
      long results = largest.queue.log().dropOldest();
      listener.overflowed(results);
      LOG.atError()
          .addKeyValue("results", results)
          .addKeyValue("limitBytes", options.queueBytesMax())
          .log("The queue of results is full; the oldest are gone. Raise --checks.queue-size");
    }
  }

  private void keepForcing() {
    while (!closed) {
      try {
        TimeUnit.NANOSECONDS.sleep(FORCE_EVERY.toNanos());
        for (Lane lane : lanes.values()) {
          lane.queue.log().force();
        }
      } catch (InterruptedException _) {
        return;
      } catch (IOException e) {
        LOG.error("Queued results could not be made durable; it is tried again", e);
      }
    }
  }

  /** A file system may take {@code A} for {@code a}, customers are not the same then. */
  static String folderName(String customer) {
    StringBuilder name = new StringBuilder();
    for (char each : customer.toCharArray()) {
      boolean upper = each >= 'A' && each <= 'Z';
      name.append(upper ? "+" : "").append(upper ? (char) (each + ('a' - 'A')) : each);
    }
    return name.toString();
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return file;
      }
    } catch (OverlappingFileLockException _) {
      // by this very process
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    throw new IllegalStateException(
        "results of checks can't be kept in %s: another Weir has the folder".formatted(folder));
  }

  /** A customer's queue and the thread that empties it. */
  private final class Lane {
    private final ResultQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private int added;

    Lane(ResultQueue queue) {
      this.queue = queue;
      this.thread = Thread.ofVirtual().name("results").start(this::deliver);
    }

    int add(byte[] frame) throws IOException {
      int bytes = queue.log().append(frame);
      lock.lock();
      try {
        added++;
        if (added == 1 || added == TOGETHER) {
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
      return bytes;
    }

    void wake() {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void end(Duration wait) {
      try {
        if (!thread.join(wait)) {
          thread.interrupt();
          thread.join();
        }
        queue.log().close();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        LOG.error("A queue of results could not be closed well", e);
      }
    }

    private void deliver() {
      try {
        while (true) {
          switch (queue.step()) {
            case Step.Advanced _ -> {}
            case Step.Empty _ -> {
              if (closed) {
                return;
              }
              gather();
            }
            case Step.Held held -> {
              if (closed) {
                return;
              }
              pause(held.pause());
            }
          }
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /** Until there are results, and then a little longer for more of them. */
    private void gather() throws InterruptedException {
      lock.lock();
      try {
        while (added == 0 && !closed) {
          changed.await();
        }
        long left = LINGER.toNanos();
        while (added < TOGETHER && left > 0 && !closed) {
          left = changed.awaitNanos(left);
        }
        added = 0;
      } finally {
        lock.unlock();
      }
    }

    private void pause(Duration time) throws InterruptedException {
      lock.lock();
      try {
        long left = time.toNanos();
        while (left > 0 && !closed) {
          left = changed.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
