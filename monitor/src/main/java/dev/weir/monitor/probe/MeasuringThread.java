// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that an interrupt ends within a socket too, as it does a virtual one: it closes
 * the connection that the thread waits for. Made by {@link MeasuringThreads}.
 */
final class MeasuringThread extends Thread {

  private volatile @Nullable Closeable connection;

  MeasuringThread(Runnable work, String name) {
    super(null, work, name);
    setDaemon(true);
  }

  /**
   * From here on, an interrupt of the calling thread closes this connection instead of the one
   * before; at once, where it came already. On other threads it does nothing.
   */
  static void waitsFor(Closeable connection) {
    if (Thread.currentThread() instanceof MeasuringThread measuring) {
      measuring.connection = connection;
      if (measuring.isInterrupted()) {
        close(connection);
      }
    }
  }

  /** What comes next is no business of the connection before. */
  static void waitsForNothing() {
    if (Thread.currentThread() instanceof MeasuringThread measuring) {
      measuring.connection = null;
    }
  }

  @Override
  public void interrupt() {
    super.interrupt();
    Closeable waitedFor = connection;
    if (waitedFor != null) {
      close(waitedFor);
    }
  }

  private static void close(Closeable connection) {
    try {
      connection.close();
    } catch (IOException alreadyGone) {
      // The thread hears of it where it waits.
    }
  }
}
