// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * A stand-in for Timestream that costs hardly any CPU, for measuring what stands before it. It
 * speaks the wire protocol of WriteRecords and Query, waits as long as it is told, counts what
 * comes, checks it as closely as it is told, and serves pages of made series. It stores nothing and
 * is no engine: of a statement it understands the shapes that remote read sends, and refuses others
 * aloud. It is a process of its own, so that its cost is never taken for the connector's.
 */
@NullMarked
package dev.weir.benchmarks.timestream;

import org.jspecify.annotations.NullMarked;
