// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.query.Scope;
import dev.weir.sql.SqlAnalyzer;
import dev.weir.sql.tree.Statement;
import dev.weir.store.PreparedQuery;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.disk.Engine;
import dev.weir.store.embedded.query.EngineRefusals;
import dev.weir.store.embedded.query.ReadContext;
import dev.weir.store.embedded.query.RunningStatement;
import dev.weir.store.embedded.query.Spool;
import dev.weir.store.embedded.query.StatementRunner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.duckdb.DuckDBConnection;

/** Runs queries, keeps the pages that are still to be fetched, and cancels. Thread-safe. */
final class Queries implements AutoCloseable {

  /** A query that waits for its turn looks this often whether it is cancelled. */
  private static final long WAIT_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A query that is cancelled and still runs is told again after so long. */
  private static final long CANCEL_AGAIN_MILLIS = 50;

  /** Bytes that one result may wait with in a file. */
  private static final long SPOOL_BYTES_MAX = 1L << 30;

  private final EmbeddedStoreOptions options;
  private final StoreCatalog catalog;
  private final Holdings holdings;
  private final EngineKeeper keeper;
  private final Path temporary;
  private final SqlAnalyzer analyzer = new SqlAnalyzer();
  private final StatementRunner runner;
  private final Semaphore slots;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-query-deadlines").factory());
  private final ExecutorService engineThreads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("weir-query-", 0).factory());
  private final Map<String, RunningStatement> running = new ConcurrentHashMap<>();
  private final OpenResults open;

  Queries(
      EmbeddedStoreOptions options,
      StoreCatalog catalog,
      Holdings holdings,
      EngineKeeper keeper,
      Path temporary) {
    this.options = options;
    this.catalog = catalog;
    this.holdings = holdings;
    this.keeper = keeper;
    this.temporary = temporary;
    this.runner =
        new StatementRunner(catalog, rules -> Retention.oldestNanos(rules, options.clock()));
    this.open = new OpenResults(options.clock());
    this.slots = new Semaphore(options.limits().queriesMax(), true);
  }

  QueryPage run(QueryRequest request) {
    if (request.resumeToken() != null) {
      return open.resume(request, request.resumeToken());
    }
    String id =
        request.queryId() == null
            ? UUID.randomUUID().toString().replace("-", "")
            : request.queryId();
    RunningStatement current = new RunningStatement();
    if (open.has(id) || running.putIfAbsent(id, current) != null) {
      throw new StoreException(Kind.CONFLICT, "a query " + id + " runs already");
    }
    Spool spool = new Spool(temporary.resolve("result-" + id), SPOOL_BYTES_MAX);
    boolean done = false;
    try {
      Statement statement =
          analyzer.analyze(request.text(), catalog, request.scope(), options.clock().instant());
      run(request, statement, current, spool);
      QueryPage page = open.begin(id, request, spool, current.scannedBytes());
      done = true;
      return page;
    } finally {
      running.remove(id);
      if (!done) {
        spool.close();
      }
    }
  }

  PreparedQuery prepare(String text, Scope scope) {
    return analyzer.prepare(text, catalog, scope, now());
  }

  boolean cancel(String queryId) {
    RunningStatement statement = running.get(queryId);
    if (statement != null) {
      statement.cancel();
    }
    return open.forget(queryId) || statement != null;
  }

  @Override
  public void close() {
    running.values().forEach(RunningStatement::cancel);
    deadlines.shutdownNow();
    engineThreads.shutdown();
    open.close();
  }

  private void run(
      QueryRequest request, Statement statement, RunningStatement current, Spool spool) {
    long waitNanos = Math.max(0, Duration.between(now(), request.deadline()).toNanos());
    Future<?> timer = deadlines.schedule(current::cancel, waitNanos, TimeUnit.NANOSECONDS);
    try {
      runner.run(
          statement,
          request.scope(),
          request.rowsMax(),
          body -> read(body, current, waitNanos),
          spool);
    } catch (SQLException e) {
      keeper.failed(e);
      throw failure(e, current, request);
    } finally {
      timer.cancel(false);
    }
  }

  private void read(StatementRunner.QueryBody body, RunningStatement current, long waitNanos)
      throws SQLException {
    try {
      long until = System.nanoTime() + waitNanos;
      while (!slots.tryAcquire(WAIT_LOOK_NANOS, TimeUnit.NANOSECONDS)) {
        if (System.nanoTime() - until >= 0) {
          throw new StoreException(
              Kind.THROTTLED,
              "%d queries run already, and none has ended in time"
                  .formatted(options.limits().queriesMax()));
        }
        current.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "the query was interrupted", e);
    }
    try {
      onEngineThread(() -> readPinned(body, current), current);
    } finally {
      slots.release();
    }
  }

  /** Work in the engine's native code. */
  @FunctionalInterface
  private interface EngineWork {
    void run() throws SQLException;
  }

  /**
   * Works on a thread of the platform while the caller waits: native code holds on to the carrier
   * of a virtual thread, and a few long queries would leave none for anybody else.
   */
  private void onEngineThread(EngineWork work, RunningStatement current) throws SQLException {
    Future<?> working =
        engineThreads.submit(() -> {
          work.run();
          return null;
        });
    boolean interrupted = false;
    try {
      while (true) {
        try {
          working.get(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          current.cancelAgain();
        } catch (InterruptedException e) {
          // The work uses what the caller closes, so its end is awaited all the same.
          interrupted = true;
          current.cancel();
        }
      }
    } catch (ExecutionException e) {
      throw thrown(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SQLException thrown(ExecutionException e) {
    return switch (e.getCause()) {
      case SQLException engine -> engine;
      case RuntimeException fault -> throw fault;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  private void readPinned(StatementRunner.QueryBody body, RunningStatement current)
      throws SQLException {
    Engine engine = keeper.engine();
    try (DuckDBConnection connection = engine.connect();
        var statement = connection.createStatement();
        var snapshot = holdings.pin(statement)) {
      body.run(
          new ReadContext(
              connection,
              engine.rows(),
              engine.functions(),
              snapshot::hot,
              snapshot.partitions(),
              current));
      statement.execute("ROLLBACK");
    }
  }

  private Instant now() {
    return options.clock().instant();
  }

  /** DuckDB's own words stay inside: they name things that the caller has never heard of. */
  private StoreException failure(SQLException e, RunningStatement current, QueryRequest request) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (current.cancelled()) {
      return now().isBefore(request.deadline())
          ? new StoreException(Kind.CANCELLED, "the query was cancelled", e)
          : new StoreException(Kind.TIMED_OUT, "the query did not end by its deadline", e);
    }
    if (message.startsWith("out of memory") || message.contains("failed to offload")) {
      return new StoreException(
          Kind.QUOTA,
          "the query needs more memory than the store's limit of %d bytes"
              .formatted(options.limits().memoryBytes()),
          e);
    }
    StoreException refusal = EngineRefusals.of(e);
    if (refusal != null) {
      return refusal;
    }
    if (message.startsWith("conversion error") || message.startsWith("out of range error")) {
      return new StoreException(Kind.BAD_REQUEST, "a value can't be converted or is too large", e);
    }
    if (message.startsWith("invalid input error")) {
      return new StoreException(Kind.BAD_REQUEST, "a function was given a value it can't take", e);
    }
    if (!keeper.usable() || message.startsWith("io error")) {
      return new StoreException(Kind.UNAVAILABLE, "the store's file can't be read now", e);
    }
    return new StoreException(Kind.INTERNAL, "the query failed inside the engine", e);
  }
}
