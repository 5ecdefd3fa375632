// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.app.cli.Terminal;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line on standard error that tells how long a query has been at work, where that is a terminal.
 * It shows after a second, and leaves when the result itself comes onto the same terminal.
 */
final class Progress implements AutoCloseable {

  private static final long TICK_MILLIS = 1_000;

  /** Back to the begin of the line, and nothing on it. */
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream error;
  private final boolean resultOnTerminal;
  private final AtomicLong rows = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);

  private Progress(PrintStream error, boolean errorOnTerminal, boolean resultOnTerminal) {
    this.error = error;
    this.resultOnTerminal = resultOnTerminal;
    if (errorOnTerminal) {
      Thread.ofVirtual().name("progress").start(this::tick);
    } else {
      over.countDown();
    }
  }

  static Progress on(Terminal terminal) {
    return new Progress(terminal.error(), Terminal.isScreen(2), Terminal.isScreen(1));
  }

  /** So many rows more. */
  void rows(int more) {
    rows.addAndGet(more);
    if (resultOnTerminal) {
      close();
    }
  }

  /** The line leaves; nothing is written after that. */
  @Override
  public void close() {
    synchronized (error) {
      if (over.getCount() > 0) {
        over.countDown();
        error.print(ERASE);
        error.flush();
      }
    }
  }

  private void tick() {
    long startNanos = System.nanoTime();
    try {
      while (!over.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
        synchronized (error) {
          if (over.getCount() > 0) {
            error.print("%s%,d rows, %d s; Ctrl-C cancels".formatted(ERASE, rows.get(), seconds));
            error.flush();
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
