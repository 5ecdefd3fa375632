// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Remote write and remote read without transport: takes a body and headers, gives a status and a
 * streamed body.
 *
 * <p>Here is what both directions share: how Prometheus' names are written in Timestream, how a
 * body is let in, and the one place where a store's failure becomes a status.
 */
@NullMarked
package dev.weir.prometheus;

import org.jspecify.annotations.NullMarked;
