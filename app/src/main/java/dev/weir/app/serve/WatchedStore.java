// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.model.PointBatch;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.call.UpstreamListener.Side;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store whose failures the operator reads. */
record WatchedStore(TimestreamStore store, UpstreamWarnings warnings)
    implements PointWriter, QueryRunner, CatalogReader {

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    WriteOutcome outcome = watched(Side.WRITE, () -> store.write(table, batch, deadline));
    warnings.rejected(outcome.rejections());
    return outcome;
  }

  @Override
  public QueryPage run(QueryRequest request) {
    return watched(Side.READ, () -> store.run(request));
  }

  @Override
  public boolean cancel(String queryId) {
    return store.cancel(queryId);
  }

  @Override
  public List<String> databases() {
    return watched(Side.READ, store::databases);
  }

  @Override
  public List<String> tables(String database) {
    return watched(Side.READ, () -> store.tables(database));
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return watched(Side.READ, () -> store.describe(table));
  }

  @Override
  public Optional<TableDescription> describeNow(TableName table) {
    return watched(Side.READ, () -> store.describeNow(table));
  }

  private <T> T watched(Side side, Supplier<T> call) {
    try {
      return call.get();
    } catch (StoreException failure) {
      warnings.failed(side, failure);
      throw failure;
    }
  }
}
