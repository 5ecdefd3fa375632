// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import java.time.Duration;
import java.util.Map;

/**
 * What became of one request, for metrics.
 *
 * @param status the answer
 * @param sentBytes the body as it was sent; 0 where it was refused unread
 * @param unpackedBytes the body unpacked
 * @param series occurrences of series
 * @param samples samples received
 * @param stored samples that are stored, repeats included
 * @param repeated those of them that were there before
 * @param refused samples that the sender was told about
 * @param dropped samples that 1.0 lost silently: the AWS connector's "ignored"
 * @param histograms native histograms received, none of which is stored
 * @param exemplars exemplars received, none of which is stored
 * @param metadata metadata entries received
 * @param storeTime how long the store took; zero where it was not asked
 */
public record WriteReport(
    int status,
    long sentBytes,
    long unpackedBytes,
    int series,
    int samples,
    int stored,
    int repeated,
    Map<Reason, Integer> refused,
    Map<Reason, Integer> dropped,
    long histograms,
    long exemplars,
    long metadata,
    Duration storeTime) {

  public WriteReport {
    refused = Map.copyOf(refused);
    dropped = Map.copyOf(dropped);
  }

  /** A request that was refused before it was decoded. */
  static WriteReport undecoded(int status, long sentBytes) {
    return new WriteReport(
        status, sentBytes, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, Duration.ZERO);
  }
}
