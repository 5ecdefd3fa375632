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
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * Tables in Amazon Timestream, or behind another endpoint of its protocol. Thread-safe.
 *
 * <p>Calls block and are meant for virtual threads: there an interrupt ends a call that waits for
 * its answer, elsewhere only the deadline does.
 */
public final class TimestreamStore
    implements PointWriter, QueryRunner, CatalogReader, StoreHealth, AutoCloseable {

  private final TimestreamWriter writer;
  private final TimestreamQueries queries;
  private final TimestreamCatalog catalog;
  private final AutoCloseable connections;

  /**
   * A store over clients that the caller has made and closes.
   *
   * @param clock what deadlines are measured by
   */
  public TimestreamStore(
      TimestreamWriteClient write, TimestreamQueryClient query, InstantSource clock) {
    this(write, query, clock, () -> {});
  }

  private TimestreamStore(
      TimestreamWriteClient write,
      TimestreamQueryClient query,
      InstantSource clock,
      AutoCloseable connections) {
    this.writer = new TimestreamWriter(write, clock);
    this.queries = new TimestreamQueries(query, clock);
    this.catalog = new TimestreamCatalog(queries, clock);
    this.connections = connections;
  }

  /**
   * A store that nothing has been asked of yet; what is wrong with the endpoint or the credentials
   * shows at the first call.
   *
   * @param endpoint where both APIs are; null for Amazon's own, of the region and with the
   *     credentials that the SDK finds
   * @throws dev.weir.store.StoreException where the SDK finds no region for Amazon's own
   */
  public static TimestreamStore open(@Nullable URI endpoint, InstantSource clock) {
    Connections connections = Connections.open(endpoint);
    return new TimestreamStore(connections.write(), connections.query(), clock, connections);
  }

  static TimestreamStore open(TimestreamOptions options, AwsCredentialsProvider credentials) {
    Connections connections = Connections.open(options, credentials);
    return new TimestreamStore(
        connections.write(), connections.query(), options.clock(), connections);
  }

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    return writer.write(table, batch, deadline);
  }

  @Override
  public QueryPage run(QueryRequest request) {
    return queries.run(request);
  }

  @Override
  public boolean cancel(String queryId) {
    return queries.cancel(queryId);
  }

  @Override
  public List<String> databases() {
    return catalog.databases();
  }

  @Override
  public List<String> tables(String database) {
    return catalog.tables(database);
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return catalog.describe(table);
  }

  /** Asks for nothing that is stored, so that it says whether the way there is open. */
  @Override
  public Health health() {
    return catalog.health();
  }

  @Override
  public void close() {
    try {
      connections.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
