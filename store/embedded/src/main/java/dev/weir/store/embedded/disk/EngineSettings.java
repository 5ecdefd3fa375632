// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import java.nio.file.Path;

/**
 * How DuckDB is opened.
 *
 * @param file the database file
 * @param temporary where queries spill
 * @param memoryLimitBytes of the buffer pool; a query that needs more spills or fails
 * @param threads that one query may use
 * @param spillLimitBytes the most that queries spill
 */
public record EngineSettings(
    Path file, Path temporary, long memoryLimitBytes, int threads, long spillLimitBytes) {}
