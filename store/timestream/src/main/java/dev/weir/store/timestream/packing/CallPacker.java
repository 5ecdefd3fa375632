// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.PointBatch;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the points of a batch into calls that cost least.
 *
 * <p>Timestream bills each call in whole KiB, and what stands in CommonAttributes once for the call
 * ({@link Metering}). So points are put into an order in which neighbours share much ({@link
 * Sharing}), and that order is cut where cutting is cheapest ({@link Cuts}). Never dearer than one
 * record per point in the order of the batch.
 */
public final class CallPacker {

  /** Records in a call (AWS developer guide, "Quotas"). */
  public static final int RECORDS_MAX = 100;

  /**
   * What a call counts for beside its KiB, in 1024ths of one: one more call is made only where it
   * saves more than this, since a call also costs time on both sides.
   */
  private static final long CALL_COST = 256;

  private CallPacker() {}

  /** A batch as calls. */
  public static final class Packing {

    private final int size;
    private final List<PackedCall> calls;
    private final List<Rejection> rejections;
    private final Duplicates duplicates;

    private Packing(
        int size, List<PackedCall> calls, List<Rejection> rejections, Duplicates duplicates) {
      this.size = size;
      this.calls = List.copyOf(calls);
      this.rejections = List.copyOf(rejections);
      this.duplicates = duplicates;
    }

    /**
     * The calls, in no order that matters. No two records of them have the same series, time and
     * type: of such points of the batch one is sent.
     */
    public List<PackedCall> calls() {
      return calls;
    }

    /** The points that Timestream would never take, judged without asking it; ascending. */
    public List<Rejection> rejections() {
      return rejections;
    }

    /**
     * What becomes of the batch once its calls have ended. A point that was not sent, since one of
     * its series and time was, is stored or rejected with that one.
     *
     * @param magnetic points that went to the magnetic store
     * @param ofCalls the records that Timestream rejected, by place in the batch
     */
    public WriteOutcome outcome(int magnetic, List<Rejection> ofCalls) {
      List<Rejection> all = new ArrayList<>(rejections);
      all.addAll(duplicates.withFollowers(ofCalls));
      return new WriteOutcome(size - all.size(), 0, magnetic, all);
    }
  }

  /** Packs a batch. */
  public static Packing pack(TableName table, PointBatch batch) {
    List<Rejection> rejections = new ArrayList<>();
    Layout layout = new Layout(table, batch, rejections);
    Duplicates duplicates = new Duplicates(batch);
    int[] sent = sent(batch, duplicates, rejections);
    int[] order = sent.clone();
    Sharing.sort(layout, order);
    List<PackedCall> calls = calls(layout, order, Cuts.of(layout, order, CALL_COST));
    if (kib(calls) > kibUnpacked(layout, sent)) {
      calls = calls(layout, sent, Cuts.of(layout, sent, 0));
    }
    return new Packing(batch.size(), calls, rejections, duplicates);
  }

  private static int[] sent(PointBatch batch, Duplicates duplicates, List<Rejection> rejections) {
    int[] sent = new int[batch.size()];
    int size = 0;
    int rejected = 0;
    int refused = rejections.size();
    for (int i = 0; i < batch.size(); i++) {
      if (rejected < refused && rejections.get(rejected).index() == i) {
        rejected++;
        continue;
      }
      Rejection conflict = duplicates.add(i);
      if (conflict != null) {
        rejections.add(conflict);
      } else {
        sent[size++] = i;
      }
    }
    rejections.sort(Comparator.comparingInt(Rejection::index));
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (duplicates.isSent(sent[i])) {
        sent[kept++] = sent[i];
      }
    }
    return Arrays.copyOf(sent, kept);
  }

  private static List<PackedCall> calls(Layout layout, int[] order, int[] ends) {
    List<PackedCall> calls = new ArrayList<>(ends.length);
    int from = 0;
    for (int end : ends) {
      calls.add(new PackedCall(layout, Arrays.copyOfRange(order, from, end)));
      from = end;
    }
    return calls;
  }

  private static long kib(List<PackedCall> calls) {
    long kib = 0;
    for (PackedCall call : calls) {
      kib += call.billedKib();
    }
    return kib;
  }

  private static long kibUnpacked(Layout layout, int[] sent) {
    long kib = 0;
    for (int from = 0; from < sent.length; from += RECORDS_MAX) {
      long bytes = 0;
      for (int i = from; i < Math.min(from + RECORDS_MAX, sent.length); i++) {
        bytes += layout.bytes(sent[i]);
      }
      kib += Metering.kib(bytes);
    }
    return kib;
  }
}
