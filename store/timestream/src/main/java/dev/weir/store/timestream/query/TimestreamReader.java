// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.model.PointBatch;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreHealth;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.timestream.call.Upstream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All that is asked of Timestream with one set of credentials: queries, the catalog, whether it
 * answers. Thread-safe; blocks, and is meant for virtual threads, where an interrupt ends a wait.
 *
 * <p>A {@link dev.weir.query.Scope} limits nothing here: on Amazon the credentials are what limits
 * a caller.
 *
 * <p>A page of a query is a page of Timestream's; it may have no rows though more follow. Refusals
 * whose words are known carry a {@link Detail}.
 */
public final class TimestreamReader
    implements QueryRunner, CatalogReader, StoreHealth, AutoCloseable {

  private final TimestreamQueries queries;
  private final TimestreamCatalog catalog;
  private final TimestreamHealth health;

  /**
   * Asks nothing yet.
   *
   * @param clock what deadlines and ages are measured by
   * @param random makes the tokens by which a repeated call is known for one; thread-safe
   * @param limit shared by all readers of a process
   */
  public TimestreamReader(
      Upstream upstream, InstantSource clock, RandomGenerator random, ReadAheadLimit limit) {
    this.queries = new TimestreamQueries(upstream, clock, random, limit, ReadAhead.KEEP);
    this.catalog = new TimestreamCatalog(queries, clock);
    this.health = new TimestreamHealth(queries, clock);
  }

  @Override
  public QueryPage run(QueryRequest request) {
    try {
      return queries.run(request);
    } catch (StoreException e) {
      if (e.detail().equals(Optional.of(Detail.UNKNOWN_COLUMN))) {
        catalog.forgetAll();
      }
      throw e;
    }
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

  /** Kept for up to a minute, unless {@link #written} or a failed query says otherwise. */
  @Override
  public Optional<TableDescription> describe(TableName table) {
    return catalog.describe(table);
  }

  @Override
  public Optional<TableDescription> describeNow(TableName table) {
    return catalog.describeNow(table);
  }

  /** Asks at most every 30 s; in between the last answer stands. */
  @Override
  public Health health() {
    return health.health();
  }

  /**
   * Points of a batch were stored: if some have columns that the catalog does not know, it asks
   * before it describes the table again. Cheap where nobody has asked for the table's columns.
   */
  public void written(TableName table, PointBatch batch) {
    catalog.written(table, batch);
  }

  /** Drops the pages that were asked for ahead. */
  @Override
  public void close() {
    queries.close();
  }
}
