// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Remote read: turns selectors into Timestream SQL, lists the series, sorts them as Prometheus
 * does, then fetches their samples in bounded slices and sends them as SAMPLES or as
 * STREAMED_XOR_CHUNKS. What SQL can't say exactly is filtered here.
 */
@NullMarked
package dev.weir.prometheus.read;

import org.jspecify.annotations.NullMarked;
