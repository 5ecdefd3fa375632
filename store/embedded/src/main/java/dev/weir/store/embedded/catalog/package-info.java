// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the store knows about its tables: rules, measures, dimensions, and the series with their
 * numbers. All of it is in memory; the log and the sealed catalog rows bring it back at start.
 *
 * <p>One thread (the committer) adds, any thread reads: what a reader reaches is complete.
 */
@NullMarked
package dev.weir.store.embedded.catalog;

import org.jspecify.annotations.NullMarked;
