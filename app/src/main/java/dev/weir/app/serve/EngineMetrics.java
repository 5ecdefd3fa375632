// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.server.metrics.StoreFigures;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EngineListener;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what the embedded store does. Called by the store's threads. */
final class EngineMetrics implements EngineListener {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Logger LOG = LoggerFactory.getLogger("dev.weir.store.embedded");

  private final WeirMetrics metrics;
  private final MinuteWarning failedCommits;
  private final MinuteWarning failedSeals;
  private volatile long usedBytes;

  EngineMetrics(WeirMetrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.failedCommits = new MinuteWarning(LOG, clock, "A commit failed; senders will try again");
    this.failedSeals = new MinuteWarning(LOG, clock, "Sealing failed; it is tried again");
  }

  /** The figures as of now; the size of the file as of the last seal. */
  StoreFigures figures(EmbeddedStore store) {
    return new StoreFigures(store.seriesCount(), usedBytes, store.logBytes(), store.queuedPoints());
  }

  @Override
  public void committed(long nanos, int points, int queueDepth) {
    metrics.committed(points, nanos);
  }

  @Override
  public void commitFailed(String reason) {
    metrics.commitFailed();
    failedCommits.warn(reason);
  }

  @Override
  public void sealed(long nanos, long points) {
    metrics.sealed(points, nanos);
    LOG.atInfo()
        .addKeyValue("points", points)
        .addKeyValue("ms", nanos / NANOS_PER_MILLI)
        .log("Points are sealed");
  }

  @Override
  public void sealFailed(String reason) {
    metrics.sealFailed();
    failedSeals.warn(reason);
  }

  @Override
  public void dropped(int partitions, long points) {
    metrics.dropped(points);
    LOG.atInfo()
        .addKeyValue("partitions", partitions)
        .addKeyValue("points", points)
        .log("Points older than the retention are dropped");
  }

  @Override
  public void reopened() {
    metrics.reopened();
    LOG.info("The engine works again after it was reopened");
  }

  @Override
  public void sized(long fileBytes, long usedBytesNow, long logBytes) {
    usedBytes = usedBytesNow;
  }
}
