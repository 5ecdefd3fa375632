// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * The table function {@code weir_rows(handle)}: makes a {@link RowSource} readable by statements of
 * the engine for as long as it is on offer. One thread reads a source, so its order is kept.
 */
public final class RowSources {

  private final Map<Long, RowSource> offered = new ConcurrentHashMap<>();
  private final AtomicLong handles = new AtomicLong();

  /** A source on offer; close it when no statement reads it any more. */
  public final class Offer implements AutoCloseable {
    private final long handle;

    private Offer(long handle) {
      this.handle = handle;
    }

    /** SQL that stands for the rows. */
    public String sql() {
      return "weir_rows(" + handle + "::BIGINT)";
    }

    @Override
    public void close() {
      offered.remove(handle);
    }
  }

  public Offer offer(RowSource source) {
    long handle = handles.incrementAndGet();
    offered.put(handle, source);
    return new Offer(handle);
  }

  void register(Connection connection) throws SQLException {
    try (var builder = DuckDBFunctions.tableFunction()) {
      builder
          .withName("weir_rows")
          .withParameter(Long.class)
          .withProjectionPushdown()
          .withFunction(new Function())
          .register(connection);
    }
  }

  private final class Function
      implements DuckDBTableFunction<RowSource, RowSource.Reading, Object> {

    @Override
    public RowSource bind(DuckDBTableFunctionBindInfo info) {
      long handle;
      try (var parameter = info.getParameter(0)) {
        handle = parameter.getLong();
      }
      RowSource source = offered.get(handle);
      if (source == null) {
        throw new IllegalStateException("no rows are on offer under " + handle);
      }
      for (RowSource.SourceColumn column : source.columns()) {
        info.addResultColumn(column.name(), column.type());
      }
      info.setCardinality(source.rowCount(), true);
      return source;
    }

    @Override
    public RowSource.Reading init(DuckDBTableFunctionInitInfo info) {
      info.setMaxThreads(1);
      int[] columns = new int[(int) info.getColumnCount()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = (int) info.getColumnIndex(i);
      }
      RowSource source = info.getBindData();
      return source.open(columns);
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter out) {
      RowSource.Reading reading = info.getInitData();
      return reading.read(out);
    }
  }
}
