// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.backup;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Tells a person how far a copy is, at most once a second. */
final class ProgressLines implements StoreCopier.Progress {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double BYTES_PER_MIB = 1 << 20;

  private final PrintStream out;
  private long lastNanos = System.nanoTime();

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void copied(long bytes, long totalBytes) {
    long now = System.nanoTime();
    if (now - lastNanos >= PAUSE_NANOS) {
      lastNanos = now;
      out.println(
          "weir: copied %.0f of %.0f MiB"
              .formatted(bytes / BYTES_PER_MIB, totalBytes / BYTES_PER_MIB));
    }
  }
}
