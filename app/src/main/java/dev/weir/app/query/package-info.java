// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code weir query}: one statement to a Timestream, its result page by page as a table, CSV or
 * JSON. It holds one page at a time, whatever the size of the result, and cancels the query when it
 * is interrupted.
 */
@NullMarked
package dev.weir.app.query;

import org.jspecify.annotations.NullMarked;
