// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Measure;
import dev.weir.model.PointBatch;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Points of one batch with the same series and time. Calls run side by side, so two records of one
 * identity would be judged in any order; of each identity one point is sent, and the others are
 * judged here as a store judges them that takes the batch in its order: the same value again and
 * what a higher version replaces are taken, another value without a higher version is a conflict.
 *
 * <p>Values of two types at one identity are both sent: which type the measure name has in the
 * table is Timestream's to say.
 *
 * <p>A point that is taken in this way leans on the one that is sent: it is refused if that is.
 */
final class Duplicates {

  private static final int NONE = -1;

  private final PointBatch batch;
  private final int[] slots;
  private int @Nullable [] leaders;

  Duplicates(PointBatch batch) {
    this.batch = batch;
    this.slots = new int[Integer.highestOneBit(Math.max(batch.size(), 8)) * 4];
  }

  /**
   * Takes in the next point, in the order of the batch.
   *
   * @return why it is refused, or null
   */
  @Nullable Rejection add(int index) {
    int mask = slots.length - 1;
    int slot = hash(index) & mask;
    for (int other; (other = slots[slot] - 1) >= 0; slot = (slot + 1) & mask) {
      if (batch.epochNanos(other) == batch.epochNanos(index)
          && batch.type(other) == batch.type(index)
          && batch.series(other).equals(batch.series(index))) {
        return judge(slot, other, index);
      }
    }
    slots[slot] = index + 1;
    return null;
  }

  /** Whether a point is sent itself, of those that were not refused. */
  boolean isSent(int index) {
    return leaders == null || leaders[index] == NONE;
  }

  /** The rejections, with those of the points that lean on a point that is rejected. */
  List<Rejection> withFollowers(List<Rejection> rejections) {
    if (leaders == null) {
      return rejections;
    }
    List<Rejection> all = new ArrayList<>(rejections);
    Map<Integer, Rejection> byIndex = new HashMap<>();
    rejections.forEach(rejection -> byIndex.put(rejection.index(), rejection));
    for (int i = 0; i < leaders.length; i++) {
      int last = last(leaders, i);
      Rejection ofLast = byIndex.get(last);
      if (last != i && ofLast != null) {
        all.add(new Rejection(i, ofLast.reason(), ofLast.message(), ofLast.existingVersion()));
      }
    }
    return all;
  }

  /** The point that one leans on in the end; the way there gets shorter for the next one. */
  private static int last(int[] leaders, int index) {
    int last = index;
    while (leaders[last] != NONE) {
      last = leaders[last];
    }
    for (int at = index; at != last; ) {
      int next = leaders[at];
      leaders[at] = last;
      at = next;
    }
    return last;
  }

  private @Nullable Rejection judge(int slot, int sent, int index) {
    long version = batch.version(index);
    long sentVersion = batch.version(sent);
    if (version > sentVersion) {
      slots[slot] = index + 1;
      leaders()[sent] = index;
      return null;
    }
    if (sameValue(sent, index)) {
      leaders()[index] = sent;
      return null;
    }
    return new Rejection(
        index,
        Reason.CONFLICT,
        ("series %s has another value at %d ns, version %d, in the same batch; a higher version is"
                + " needed to replace it, not %d")
            .formatted(
                RecordRules.shown(batch.series(index)),
                batch.epochNanos(index),
                sentVersion,
                version),
        sentVersion);
  }

  private boolean sameValue(int one, int other) {
    if (batch.type(one) != batch.type(other)) {
      return false;
    }
    return switch (batch.type(one)) {
      case DOUBLE, BIGINT, BOOLEAN -> batch.valueBits(one) == batch.valueBits(other);
      case VARCHAR, TIMESTAMP, MULTI -> sameObject(batch.measure(one), batch.measure(other));
    };
  }

  /** The values of a MULTI are a set: their order means nothing. */
  private static boolean sameObject(Measure one, Measure other) {
    if (one instanceof Measure.OfMulti(var values)
        && other instanceof Measure.OfMulti(var others)) {
      return Set.copyOf(values).equals(Set.copyOf(others));
    }
    return one.equals(other);
  }

  private int[] leaders() {
    if (leaders == null) {
      leaders = new int[batch.size()];
      Arrays.fill(leaders, NONE);
    }
    return leaders;
  }

  private int hash(int index) {
    long mixed = (batch.series(index).hash() ^ batch.epochNanos(index)) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> 32);
  }
}
