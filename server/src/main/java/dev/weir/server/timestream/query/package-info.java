// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Query, CancelQuery and PrepareQuery: pages of at most 1 MB, tokens that go on with a query, and
 * queries that run on while nobody waits.
 */
@NullMarked
package dev.weir.server.timestream.query;

import org.jspecify.annotations.NullMarked;
