// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Points that are durable in the log but not yet sealed: columns in memory, one generation per log
 * segment, and the coding of both into log records.
 *
 * <p>The committer appends rows and then publishes them; readers take a view that never changes.
 */
@NullMarked
package dev.weir.store.embedded.hot;

import org.jspecify.annotations.NullMarked;
