// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Timestream SQL as text that goes out, and results that come back.
 *
 * <p>Timestream SQL is the only query language inside Weir. {@link dev.weir.query.SqlText} builds
 * it and escapes what is put into it; {@link dev.weir.query.ResultPage} is a typed, columnar page
 * of a result. Numbers become text only at the edges.
 */
@NullMarked
package dev.weir.query;

import org.jspecify.annotations.NullMarked;
