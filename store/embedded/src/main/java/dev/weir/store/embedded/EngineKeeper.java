// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.disk.Engine;
import dev.weir.store.embedded.disk.EngineSettings;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds the open engine. DuckDB refuses everything after some failures, such as a disk that filled
 * up under it, until it is closed and opened again; that is done here. Thread-safe.
 */
final class EngineKeeper implements AutoCloseable {

  private final EngineSettings settings;
  private final EngineListener listener;
  private volatile @Nullable Engine engine;
  private volatile boolean suspect;
  private boolean closed;

  EngineKeeper(EngineSettings settings, EngineListener listener) throws SQLException {
    this.settings = settings;
    this.listener = listener;
    this.engine = Engine.open(settings);
  }

  /**
   * The open engine.
   *
   * @throws StoreException UNAVAILABLE while there is none
   */
  Engine engine() {
    Engine current = engine;
    if (current == null) {
      throw new StoreException(
          Kind.UNAVAILABLE, "the store's file can't be used now (disk full or not writable?)");
    }
    return current;
  }

  boolean usable() {
    return engine != null && !suspect;
  }

  /** Notes a failure of a statement: the engine may need to be opened again. */
  void failed(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("invalidated") || message.contains("fatal")) {
      suspect = true;
    }
  }

  /** Opens the engine again if it has become unusable. */
  synchronized void mend() throws SQLException {
    Engine current = engine;
    if (closed || (current != null && !(suspect && current.isInvalid()))) {
      suspect = false;
      return;
    }
    engine = null;
    if (current != null) {
      current.close();
    }
    engine = Engine.open(settings);
    suspect = false;
    listener.reopened();
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    Engine current = engine;
    engine = null;
    if (current != null) {
      current.close();
    }
  }
}
