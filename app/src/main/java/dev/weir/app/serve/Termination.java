// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the process ends. A signal runs the JVM's shutdown hooks, after which the JVM would exit with
 * 128 plus the signal's number; since Weir has drained by then, it ends with 0 instead.
 */
final class Termination {

  /** As {@code -XX:+ExitOnOutOfMemoryError} does. */
  private static final int OUT_OF_MEMORY = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  private final CountDownLatch never = new CountDownLatch(1);
  private volatile @Nullable Runnable stop;
  private volatile boolean abandoned;

  private Termination() {}

  /** Listens for signals and for exceptions that nobody caught. */
  static Termination install() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::end, "shutdown"));
    Thread.setDefaultUncaughtExceptionHandler(Termination::uncaught);
    return termination;
  }

  /** From here on, a signal drains. */
  void started(Runnable drain) {
    stop = drain;
  }

  /** The start failed: the process ends with the code that it exits with. */
  void abandon() {
    abandoned = true;
  }

  /** Waits for the end, which does not come back here. */
  int await() {
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private void end() {
    if (abandoned) {
      return;
    }
    Runnable drain = stop;
    if (drain != null) {
      try {
        LOG.info("Weir stops");
        drain.run();
        LOG.info("Weir has stopped");
      } catch (RuntimeException e) {
        LOG.error("Weir did not stop cleanly; what was acknowledged is durable", e);
        Runtime.getRuntime().halt(1);
      }
    }
    // Before it was ready nothing was acknowledged, and the log of the store bears any end.
    Runtime.getRuntime().halt(0);
  }

  private static void uncaught(Thread thread, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      // No log line: it might need memory. The store's log is as good as after a kill.
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
    LOG.atError()
        .addKeyValue("thread", thread.getName())
        .setCause(thrown)
        .log("Uncaught exception");
  }
}
