// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What Weir measures: points, the series they belong to, and batches of them.
 *
 * <p>A point is one Timestream record. Everything that enters Weir (remote write, checks, the wire
 * API) becomes a {@link dev.weir.model.PointBatch}; everything here is immutable and valid from
 * birth, except the batch's builder.
 */
@NullMarked
package dev.weir.model;

import org.jspecify.annotations.NullMarked;
