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
final class Reloading<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Function<WatchedFiles, T> reader;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile T value;
  private volatile Instant nextLook;
  private WatchedFiles files;

  /**
   * Reads for the first time.
   *
   * @throws ServerConfigException as the reader does
   */
  Reloading(Function<WatchedFiles, T> reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
    this.files = new WatchedFiles();
    this.value = reader.apply(files);
    this.nextLook = clock.instant().plus(LOOK_EVERY);
  }

  T now() {
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
      LOG.info("read the web config and certificates again");
    } catch (ServerConfigException e) {
      LOG.atError()
          .addKeyValue("cause", e.getMessage())
          .log("changed web config or certificates can't be used; the old ones stay in force");
    }
    files = fresh;
  }
}
