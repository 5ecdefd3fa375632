// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Times the Timestream wire API of a whole server process: WriteRecords from many connections, and
 * queries that are paged to their end.
 */
@NullMarked
package dev.weir.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
