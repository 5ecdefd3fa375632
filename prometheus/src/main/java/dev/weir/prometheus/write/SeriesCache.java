// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.prometheus.wire.MalformedBodyException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds a series by the bytes of its labels as they came over the wire: a sender repeats the same
 * bytes for every sample, so strings are made once. A label set in another order is another entry
 * with an equal series.
 *
 * <p>Reads take no lock: a reader that misses an entry just being moved looks again under the lock.
 * Bounded in entries and in bytes; the clock hand evicts what was not asked for since it came by
 * last. Thread-safe.
 */
public final class SeriesCache {

  /** Labels longer than this are refused unread; the stores' own limits are far below. */
  static final int KEY_BYTES_MAX = 64 * 1024;

  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(KnownSeries[].class);

  private final long seed = ThreadLocalRandom.current().nextLong();
  private final LabelReader labels;
  private final int entriesMax;
  private final long bytesMax;
  private final @Nullable KnownSeries[] slots;
  private final Object lock = new Object();
  private @Nullable KnownSeries hand;
  private int entries;
  private long bytes;

  public SeriesCache(LabelReader labels, int entriesMax, long bytesMax) {
    if (entriesMax < 1) {
      throw new IllegalArgumentException("a series cache of " + entriesMax + " entries");
    }
    this.labels = labels;
    this.entriesMax = entriesMax;
    this.bytesMax = bytesMax;
    this.slots = new KnownSeries[Math.max(16, Integer.highestOneBit(entriesMax - 1) * 2)];
  }

  /** How many series it holds. */
  public int size() {
    synchronized (lock) {
      return entries;
    }
  }

  /** About how much memory it holds. */
  public long bytes() {
    synchronized (lock) {
      return bytes;
    }
  }

  /**
   * Finds or makes the series of a label set in 1.0 form: label messages, each with its tag.
   *
   * @throws MalformedBodyException where the bytes are no labels
   */
  public KnownSeries find(byte[] source, int offset, int length) throws MalformedBodyException {
    long hash = KeyHash.of(source, offset, length, seed);
    KnownSeries known = lookup(hash, source, offset, length);
    if (known != null) {
      if (!known.used) {
        known.used = true;
      }
      return known;
    }
    return add(hash, source, offset, length);
  }

  /**
   * The same, with the series that came before it in the request. Senders repeat the order of their
   * series, so the one that followed last time is asked first: no hash, and no look into the table.
   */
  public KnownSeries find(@Nullable KnownSeries previous, byte[] source, int offset, int length)
      throws MalformedBodyException {
    if (previous == null) {
      return find(source, offset, length);
    }
    KnownSeries guess = previous.follower;
    if (guess != null && guess.hasKey(source, offset, length) && !guess.gone) {
      if (!guess.used) {
        guess.used = true;
      }
      return guess;
    }
    KnownSeries known = find(source, offset, length);
    previous.follower = known;
    return known;
  }

  private @Nullable KnownSeries lookup(long hash, byte[] source, int offset, int length) {
    KnownSeries known = slot(hash);
    while (known != null && !known.hasKey(hash, source, offset, length)) {
      known = known.nextInBucket;
    }
    return known;
  }

  private KnownSeries add(long hash, byte[] source, int offset, int length)
      throws MalformedBodyException {
    if (length > KEY_BYTES_MAX) {
      return tooLong(Integer.toString(length));
    }
    byte[] key = Arrays.copyOfRange(source, offset, offset + length);
    KnownSeries made = labels.read(key, hash);
    synchronized (lock) {
      KnownSeries other = lookup(hash, source, offset, length);
      if (other != null) {
        return other;
      }
      long cost = made.costBytes();
      while (hand != null && (entries >= entriesMax || bytes + cost > bytesMax)) {
        evict(hand);
      }
      insert(made, cost);
    }
    return made;
  }

  static KnownSeries tooLong(String length) {
    String message =
        "labels of one series have " + length + " bytes; the limit is " + KEY_BYTES_MAX;
    KnownSeries refused =
        KnownSeries.refused(new byte[0], 0, new Refusal(Reason.LIMIT, message, false));
    // Not in the cache, so nothing may find it as a follower.
    refused.gone = true;
    return refused;
  }

  private void insert(KnownSeries made, long cost) {
    KnownSeries at = hand;
    if (at == null) {
      hand = made;
    } else {
      made.clockNext = at;
      made.clockPrevious = at.clockPrevious;
      at.clockPrevious.clockNext = made;
      at.clockPrevious = made;
    }
    made.nextInBucket = slot(made.hash());
    SLOTS.setRelease(slots, index(made.hash()), made);
    entries++;
    bytes += cost;
  }

  /**
   * Moves the hand on, from an entry; removes that entry unless it was used since the last time.
   */
  private void evict(KnownSeries at) {
    hand = at.clockNext;
    if (at.used) {
      at.used = false;
      return;
    }
    if (at.clockNext == at) {
      hand = null;
    }
    at.clockPrevious.clockNext = at.clockNext;
    at.clockNext.clockPrevious = at.clockPrevious;
    unlink(at);
    at.gone = true;
    at.follower = null;
    entries--;
    bytes -= at.costBytes();
  }

  /**
   * Takes an entry out of its bucket; the entry keeps its own link for readers that stand on it.
   */
  private void unlink(KnownSeries gone) {
    KnownSeries before = slot(gone.hash());
    if (before == gone) {
      SLOTS.setRelease(slots, index(gone.hash()), gone.nextInBucket);
      return;
    }
    while (before != null && before.nextInBucket != gone) {
      before = before.nextInBucket;
    }
    if (before != null) {
      before.nextInBucket = gone.nextInBucket;
    }
  }

  private @Nullable KnownSeries slot(long hash) {
    return (KnownSeries) SLOTS.getAcquire(slots, index(hash));
  }

  private int index(long hash) {
    return (int) hash & (slots.length - 1);
  }
}
