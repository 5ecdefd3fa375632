// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something read from files, read again when they change. Looked at on use, at most once a second;
 * what can't be read leaves the old in force and is told once per change. Thread-safe.
 */
public final class Reloading<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final String what;
  private final Function<WatchedFiles, T> reader;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile T value;
  private volatile Instant nextLook;
  private WatchedFiles files;

  /**
   * Reads for the first time.
   *
   * @param what names the files in the log
   * @throws ServerConfigException as the reader does
   */
  public Reloading(String what, Function<WatchedFiles, T> reader, InstantSource clock) {
    this.what = what;
    this.reader = reader;
    this.clock = clock;
    this.files = new WatchedFiles();
    this.value = reader.apply(files);
    this.nextLook = clock.instant().plus(LOOK_EVERY);
  }

  /** What the files say; what they said before where they can't be used now. */
  public T now() {
    // Who finds the lock taken uses the old value; the holder is just looking.
    if (!clock.instant().isBefore(nextLook) && lock.tryLock()) {
      try {
        if (files.changed()) {
          readAgain();
        }
        nextLook = clock.instant().plus(LOOK_EVERY);
      } finally {
        lock.unlock();
      }
    }
    return value;
  }

  private void readAgain() {
    WatchedFiles fresh = new WatchedFiles();
    try {
      value = reader.apply(fresh);
      LOG.info("read {} again", what);
    } catch (ServerConfigException e) {
      LOG.atError()
          .addKeyValue("cause", e.getMessage())
          .addKeyValue("files", what)
          .log("changed files can't be used; what they said before stays in force");
    }
    files = fresh;
  }
}
