// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The statement that a query runs at the moment; another thread can cancel it. Thread-safe. */
public final class RunningStatement {

  private @Nullable Statement current;
  private boolean cancelled;
  private long scannedBytes;

  /** Notes the statement that starts; throws when the query is cancelled already. */
  public synchronized void begin(Statement statement) throws SQLException {
    check();
    current = statement;
  }

  public synchronized void end() {
    current = null;
  }

  /** Throws when the query is cancelled; for work between statements and while results are read. */
  public void check() throws SQLException {
    if (cancelled()) {
      throw new SQLException("INTERRUPT Error: cancelled");
    }
  }

  /** Notes that so many bytes of stored points, about, are read. */
  public synchronized void scanned(long bytes) {
    scannedBytes += bytes;
  }

  public synchronized long scannedBytes() {
    return scannedBytes;
  }

  public synchronized boolean cancelled() {
    return cancelled;
  }

  /** Cancels what runs and what comes. */
  public synchronized void cancel() {
    cancelled = true;
    cancelAgain();
  }

  /**
   * Tells a statement that is to end once more: the engine forgets what it is told in the moment in
   * which a statement starts. Nothing where nobody cancelled.
   */
  public synchronized void cancelAgain() {
    if (cancelled && current != null) {
      try {
        current.cancel();
      } catch (SQLException e) {
        current = null; // It has ended by itself.
      }
    }
  }
}
