// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request of a run gave, judged. A failure keeps all that was learned before it.
 *
 * @param latencyNanos from the beginning to the end of the body, over all hops; for a failure the
 *     time until it, which is no latency: of a timeout it says "at least"
 * @param hops in order, at least one
 * @param reply what came back in full; null where it did not
 */
public record Measurement(
    long latencyNanos, List<Hop> hops, @Nullable Reply reply, @Nullable Failure failure) {

  public Measurement {
    hops = List.copyOf(hops);
    if (hops.isEmpty()) {
      throw new IllegalArgumentException("a request has a hop");
    }
  }

  public boolean succeeded() {
    return failure == null;
  }

  /** The hop that answered last. */
  public Hop last() {
    return hops.getLast();
  }

  /** The same with a failure, for an expectation that was not met. */
  public Measurement failed(Failure why) {
    return new Measurement(latencyNanos, hops, reply, why);
  }

  /** The same without what only expectations read: a run may wait long for its record. */
  Measurement withoutBody() {
    return reply instanceof Reply.Http http
        ? new Measurement(latencyNanos, hops, http.withoutBody(), failure)
        : this;
  }
}
