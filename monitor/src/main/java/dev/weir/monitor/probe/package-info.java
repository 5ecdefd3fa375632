// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Measures. One file a protocol makes a request and tells what happened as a {@link
 * dev.weir.monitor.probe.Measurement}: phases by the monotonic clock, and failures as values of a
 * closed set of classes. {@link dev.weir.monitor.probe.Prober} makes a run of them, judged; the
 * schedule, {@code /probe}, {@code weir check} and the Lambda all come through it.
 */
@NullMarked
package dev.weir.monitor.probe;

import org.jspecify.annotations.NullMarked;
