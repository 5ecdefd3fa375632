// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.store.embedded.disk.Partitions;
import dev.weir.store.embedded.disk.RowSources;
import dev.weir.store.embedded.function.FunctionRegistry;
import dev.weir.store.embedded.hot.LaneView;
import java.util.List;
import java.util.function.IntFunction;
import org.duckdb.DuckDBConnection;

/**
 * What one query reads from: a connection in a transaction and the rows in memory that belong to
 * it.
 *
 * @param functions the functions in Java that statements may call
 * @param hot unsealed rows by table id
 * @param running told each statement while it runs, so that it can be cancelled
 */
public record ReadContext(
    DuckDBConnection connection,
    RowSources rows,
    FunctionRegistry functions,
    IntFunction<List<LaneView>> hot,
    Partitions partitions,
    RunningStatement running) {}
