// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a connector has counted since its start, and is set up to.
 *
 * @param message one line on whether it is ready
 * @param embedded whether the store is its own, not Timestream
 * @param stored samples
 * @param perSecond samples a second, averaged over a minute, at the end of each of the last spans,
 *     the oldest first; null before the start
 * @param upstream calls of Timestream; null with a store of its own
 * @param storeBytes sealed data and log
 * @param writers of the last hour, the busiest first, without Weir itself
 * @param ownEvery how often Weir writes its own metrics; null where it does not
 * @param doors that are open
 * @param prometheusYaml for prometheus.yml, with {@code {base}} in place of the server's address
 */
public record ConnectorFigures(
    String version,
    boolean ready,
    String message,
    Duration uptime,
    boolean embedded,
    long stored,
    List<@Nullable Double> perSecond,
    List<Rejected> rejected,
    List<Requests> requests,
    @Nullable Upstream upstream,
    long series,
    long storeBytes,
    long queuedPoints,
    List<Writer> writers,
    @Nullable Duration ownEvery,
    List<Door> doors,
    String prometheusYaml) {

  public ConnectorFigures {
    perSecond = Collections.unmodifiableList(new ArrayList<>(perSecond));
    rejected = List.copyOf(rejected);
    requests = List.copyOf(requests);
    writers = List.copyOf(writers);
    doors = List.copyOf(doors);
  }

  /** Samples that were not stored, and why. */
  public record Rejected(String reason, long samples) {}

  /** Requests by path and status. */
  public record Requests(String path, String status, long count) {}

  /** Calls of Timestream, each attempt one. Percentiles are bounds of a histogram's buckets. */
  public record Upstream(
      long calls,
      long throttled,
      long failed,
      OptionalDouble p50Seconds,
      OptionalDouble p95Seconds,
      long billedKib) {}

  /** Who wrote. */
  public record Writer(String address, String userAgent, long requests, long bytes, Instant last) {}

  /**
   * Something that can be called.
   *
   * @param what for people
   * @param credentials what it asks for, in a few words
   */
  public record Door(String what, String method, String path, String credentials) {}
}
