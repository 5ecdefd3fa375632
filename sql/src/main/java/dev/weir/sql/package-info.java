// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the Timestream dialect of SQL. {@link dev.weir.sql.SqlAnalyzer} is the door: text in, a
 * typed tree ({@code dev.weir.sql.tree}) out, or an error at a line and column of the user's own
 * text. The parser library's tree never leaves this package. {@link dev.weir.sql.TimeRange} tells
 * an engine which times it may skip.
 */
@NullMarked
package dev.weir.sql;

import org.jspecify.annotations.NullMarked;
