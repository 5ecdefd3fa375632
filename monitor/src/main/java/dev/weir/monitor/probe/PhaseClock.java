// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.util.Arrays;

/** Takes the times of one hop's parts, one after another. Not thread-safe. */
final class PhaseClock {

  /** The parts, in the order in which they happen. */
  enum Part {
    DNS,
    CONNECT,
    TLS,
    SEND,
    WAITING,
    BODY
  }

  private final long[] nanos = new long[Part.values().length];
  private int current = -1;
  private long begin;

  PhaseClock() {
    Arrays.fill(nanos, Phases.NOT_REACHED);
  }

  /** Goes on from here, where others have taken the first times. */
  PhaseClock(Phases before) {
    this();
    nanos[Part.DNS.ordinal()] = before.dns();
    nanos[Part.CONNECT.ordinal()] = before.connect();
    nanos[Part.TLS.ordinal()] = before.tls();
  }

  /** Ends the part before. */
  void begin(Part part) {
    long now = System.nanoTime();
    end(now);
    current = part.ordinal();
    begin = now;
  }

  /** Ends the last part, complete or not. */
  Phases stop() {
    end(System.nanoTime());
    current = -1;
    return new Phases(nanos[0], nanos[1], nanos[2], nanos[3], nanos[4], nanos[5]);
  }

  private void end(long now) {
    if (current >= 0) {
      nanos[current] = now - begin;
    }
  }
}
