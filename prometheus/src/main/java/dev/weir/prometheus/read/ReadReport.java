// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.time.Duration;

/**
 * What became of one request, for metrics.
 *
 * @param status the answer
 * @param streamed whether the answer was STREAMED_XOR_CHUNKS
 * @param cut whether the answer broke off after it had begun
 * @param queries selectors
 * @param series series in the answer
 * @param samples samples in the answer
 * @param statements statements that the store ran: the AWS connector's read requests
 * @param time from the request until the answer was made
 */
public record ReadReport(
    int status,
    boolean streamed,
    boolean cut,
    int queries,
    long series,
    long samples,
    int statements,
    Duration time) {}
