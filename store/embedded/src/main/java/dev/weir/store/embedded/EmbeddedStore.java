// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.PointBatch;
import dev.weir.query.Scope;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.PreparedQuery;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryPreparer;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.StoreHealth;
import dev.weir.store.TableCreator;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import dev.weir.store.embedded.WriteCommand.PutTable;
import dev.weir.store.embedded.WriteCommand.Rotate;
import dev.weir.store.embedded.WriteCommand.WritePoints;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedded store: everything that Weir asks of a store, in one folder and this process.
 * Thread-safe. {@link #open} recovers what an earlier process left behind, however it ended.
 */
public final class EmbeddedStore
    implements PointWriter,
        QueryRunner,
        QueryPreparer,
        CatalogReader,
        TableCreator,
        StoreHealth,
        AutoCloseable {

  private static final Duration ADMIN_PATIENCE = Duration.ofSeconds(30);

  private final OpenStore parts;

  EmbeddedStore(OpenStore parts) {
    this.parts = parts;
  }

  /**
   * Opens the store of a folder.
   *
   * @throws StoreException with one line for people: the folder is in use, of a newer format,
   *     damaged or not writable
   */
  public static EmbeddedStore open(EmbeddedStoreOptions options) {
    return new EmbeddedStore(OpenStore.open(options));
  }

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    if (batch.isEmpty()) {
      return new WriteOutcome(0, 0, List.of());
    }
    WritePoints command = new WritePoints(table, batch);
    return await(command, command.done(), deadline);
  }

  @Override
  public void createIfMissing(TableName table, TableRules rules) {
    PutTable command = new PutTable(table, rules, new CompletableFuture<>());
    await(command, command.done(), parts.options().clock().instant().plus(ADMIN_PATIENCE));
  }

  @Override
  public QueryPage run(QueryRequest request) {
    return parts.queries().run(request);
  }

  @Override
  public boolean cancel(String queryId) {
    return parts.queries().cancel(queryId);
  }

  @Override
  public PreparedQuery prepare(String text, Scope scope) {
    return parts.queries().prepare(text, scope);
  }

  @Override
  public List<String> databases() {
    return parts.catalog().databases();
  }

  @Override
  public List<String> tables(String database) {
    return parts.catalog().tables(database);
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return parts.catalog().describe(table);
  }

  @Override
  public Health health() {
    return parts.health();
  }

  /** Series in all tables. */
  public int seriesCount() {
    return parts.catalog().series().size();
  }

  /** Points that wait for a commit. */
  public int queuedPoints() {
    return parts.queue().depth();
  }

  /** Bytes of the write-ahead log. */
  public long logBytes() {
    return parts.log().totalBytes();
  }

  /**
   * Copies the store as it is now: a store that is opened on the copy has everything that was
   * acknowledged before this was called. Writes and queries go on meanwhile.
   *
   * @param target new or empty
   */
  public void backup(Path target) {
    Rotate command = new Rotate(new CompletableFuture<>());
    parts.backup(
        target,
        () ->
            await(command, command.done(), parts.options().clock().instant().plus(ADMIN_PATIENCE)));
  }

  /** Seals what is in memory now; for tests and before a planned stop. False when it must wait. */
  public boolean seal() {
    Rotate command = new Rotate(new CompletableFuture<>());
    await(command, command.done(), parts.options().clock().instant().plus(ADMIN_PATIENCE));
    return parts.sealer().work();
  }

  /** Ends after all writes that were taken are durable. */
  @Override
  public void close() {
    parts.close();
  }

  private <T> T await(WriteCommand command, CompletableFuture<T> done, Instant deadline) {
    long waitNanos =
        Math.max(0, Duration.between(parts.options().clock().instant(), deadline).toNanos());
    long start = System.nanoTime();
    try {
      parts.queue().put(command, waitNanos);
      long rest = waitNanos - (System.nanoTime() - start);
      return done.get(Math.max(rest, 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw new StoreException(
            failure.kind(),
            String.valueOf(failure.getMessage()),
            failure.retryAfter().orElse(null),
            failure);
      }
      throw new StoreException(Kind.INTERNAL, "the write failed inside the store", e.getCause());
    } catch (TimeoutException e) {
      throw givenUp(command, Kind.TIMED_OUT, "the write was not durable by its deadline", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp(command, Kind.CANCELLED, "the write was interrupted", e);
    }
  }

  /** Tells the committer that nobody waits; what it has begun already may still become durable. */
  private static StoreException givenUp(
      WriteCommand command, Kind kind, String message, Exception cause) {
    StoreException failure = new StoreException(kind, message, cause);
    command.fail(failure);
    return failure;
  }
}
