// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.monitor.probe.Run;
import java.util.function.BooleanSupplier;

/**
 * Doubts failures of one invocation. A function remembers nothing of other sites: when most of
 * those that it has run by now failed, the failing one included, it asks the anchors. So one site
 * alone asks each time that it fails. Thread-safe.
 */
final class OrderDoubt {

  private final BooleanSupplier reachable;
  private int runs;
  private int failures;

  /**
   * @param reachable whether any anchor answers; may block
   */
  OrderDoubt(BooleanSupplier reachable) {
    this.reachable = reachable;
  }

  /** The run itself, or the same one doubted. */
  Run judge(Run run) {
    boolean most = noted(!run.up());
    return !run.up() && !run.doubtful() && most && !reachable.getAsBoolean() ? run.doubted() : run;
  }

  private synchronized boolean noted(boolean failed) {
    runs++;
    failures += failed ? 1 : 0;
    return 2 * failures > runs;
  }
}
