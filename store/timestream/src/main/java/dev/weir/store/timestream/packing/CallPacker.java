// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.PointBatch;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Puts the points of a batch into calls. */
public final class CallPacker {

  /** Records in a call (AWS developer guide, "Quotas"). */
  public static final int RECORDS_MAX = 100;

  private CallPacker() {}

  /**
   * The calls of a batch.
   *
   * @param calls each point that is not rejected is in one of them
   * @param rejections points that Timestream would never take, judged without asking it
   */
  public record Packing(List<PackedCall> calls, List<Rejection> rejections) {
    public Packing {
      calls = List.copyOf(calls);
      rejections = List.copyOf(rejections);
    }
  }

  /** Packs a batch. */
  public static Packing pack(TableName table, PointBatch batch) {
    List<PackedCall> calls = new ArrayList<>();
    for (int from = 0; from < batch.size(); from += RECORDS_MAX) {
      int to = Math.min(from + RECORDS_MAX, batch.size());
      calls.add(new PackedCall(table, batch, IntStream.range(from, to).toArray()));
    }
    return new Packing(calls, List.of());
  }
}
