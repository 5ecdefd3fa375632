// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Sealed rows in the DuckDB file: one table per table, lane and day, sorted by measure, series and
 * time. Rows that live in this process enter the engine through one table function, both to be
 * sealed and to be queried.
 */
@NullMarked
package dev.weir.store.embedded.disk;

import org.jspecify.annotations.NullMarked;
