// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.SiteKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which one site is due in one region: {@code offset + k * interval} since the
 * epoch, for every whole k. They depend on nothing else, so that a restart, another machine and a
 * Lambda all find the same ones.
 *
 * <p>The offset spreads sites over their interval. It is, in whole milliseconds, the FNV-1a hash
 * (64 bits) of the UTF-8 bytes of {@code customer/id/region}, mixed by the finalizer of
 * MurmurHash3, taken as unsigned, modulo the interval.
 *
 * @param offsetNanos 0 up to the interval, excluded
 */
public record SlotTimes(long offsetNanos, long intervalNanos) {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  public SlotTimes {
    if (intervalNanos < NANOS_PER_MILLI || offsetNanos < 0 || offsetNanos >= intervalNanos) {
      throw new IllegalArgumentException(
          "an offset of %d ns in an interval of %d ns".formatted(offsetNanos, intervalNanos));
    }
  }

  /** Of a site in a region. */
  public static SlotTimes of(SiteKey key, String region, Duration interval) {
    long nanos = interval.toNanos();
    long hash = hash(key + "/" + region);
    long offsetMillis = Long.remainderUnsigned(hash, nanos / NANOS_PER_MILLI);
    return new SlotTimes(offsetMillis * NANOS_PER_MILLI, nanos);
  }

  /** The first slot after that moment, the moment itself excluded; nanoseconds since the epoch. */
  public long nextAfter(long epochNanos) {
    return latestAt(epochNanos) + intervalNanos;
  }

  /** The last slot up to that moment, the moment itself included. */
  public long latestAt(long epochNanos) {
    return epochNanos - Math.floorMod(epochNanos - offsetNanos, intervalNanos);
  }

  static long epochNanos(Instant moment) {
    return moment.getEpochSecond() * NANOS_PER_SECOND + moment.getNano();
  }

  static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }

  private static long hash(String text) {
    long hash = 0xCBF2_9CE4_8422_2325L;
    for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (next & 0xFF)) * 0x100_0000_01B3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
    hash = (hash ^ (hash >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
    return hash ^ (hash >>> 33);
  }
}
