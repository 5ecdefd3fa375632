// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.model.PointBatch;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreHealth;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.timestream.call.Upstream;
import dev.weir.store.timestream.query.ReadAheadLimit;
import dev.weir.store.timestream.query.TimestreamReader;
import dev.weir.store.timestream.write.TimestreamWriter;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Tables in Amazon Timestream, or behind another endpoint of its protocol, as one set of
 * credentials sees them. Thread-safe.
 *
 * <p>Calls block and are meant for virtual threads: there an interrupt ends a call that waits for
 * its answer, elsewhere only the deadline does.
 */
public final class TimestreamStore
    implements PointWriter, QueryRunner, CatalogReader, StoreHealth, AutoCloseable {

  private final TimestreamWriter writer;
  private final TimestreamReader reader;
  private final Runnable connections;

  /**
   * A store over one way to make calls.
   *
   * @param random thread-safe
   * @param pages shared by all stores of a process
   * @param connections closes what is this store's own
   */
  TimestreamStore(
      Upstream upstream,
      TimestreamOptions options,
      Random random,
      ReadAheadLimit pages,
      Runnable connections) {
    this.writer = new TimestreamWriter(upstream, options.listener());
    this.reader = new TimestreamReader(upstream, options.clock(), random, pages);
    this.connections = connections;
  }

  /**
   * A store that nothing has been asked of yet; what is wrong with the endpoint, the region or the
   * credentials shows at the first call.
   *
   * @param endpoint where both APIs are; null for Amazon's own, of the region and with the
   *     credentials that the SDK finds. On this machine it is signed for as {@code weir}/{@code
   *     weir} where there are no credentials in the environment.
   */
  public static TimestreamStore open(@Nullable URI endpoint, InstantSource clock) {
    Optional<URI> both = Optional.ofNullable(endpoint);
    TimestreamOptions options = TimestreamOptions.defaults(clock).at(both, both);
    return TimestreamStores.single(options, FoundCredentials.at(both));
  }

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    WriteOutcome outcome = writer.write(table, batch, deadline);
    if (outcome.accepted() > 0) {
      reader.written(table, batch);
    }
    return outcome;
  }

  @Override
  public QueryPage run(QueryRequest request) {
    return reader.run(request);
  }

  @Override
  public boolean cancel(String queryId) {
    return reader.cancel(queryId);
  }

  @Override
  public List<String> databases() {
    return reader.databases();
  }

  @Override
  public List<String> tables(String database) {
    return reader.tables(database);
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return reader.describe(table);
  }

  @Override
  public Optional<TableDescription> describeNow(TableName table) {
    return reader.describeNow(table);
  }

  /** Asks for nothing that is stored, so that it says whether the way there is open. */
  @Override
  public Health health() {
    return reader.health();
  }

  /** Lets go of what is kept for later; calls that are at work go on. */
  @Override
  public void close() {
    reader.close();
    connections.run();
  }
}
