// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.MeasureType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some points of a batch as one WriteRecords call of 1 to 100 records. Immutable. */
public final class PackedCall {

  private final Layout layout;
  private final int[] indexes;

  /** The attributes that all records have, as the first record has them. */
  private final int[] shared;

  private final long bytes;

  PackedCall(Layout layout, int[] indexes) {
    this.layout = layout;
    this.indexes = indexes;
    this.shared = shared(layout, indexes);
    this.bytes = meter();
  }

  /** How many records the call has. */
  public int size() {
    return indexes.length;
  }

  /** The place in the batch of a record, by its index in the call, from 0. */
  public int batchIndex(int record) {
    return indexes[record];
  }

  /** The JSON of the request; made anew at each call. */
  public byte[] body() {
    return WriteRecordsJson.of(this);
  }

  /** The KiB that Timestream meters for this call, by {@link Metering}. */
  public long billedKib() {
    return Metering.kib(bytes);
  }

  /**
   * The same points as two calls of about half the size.
   *
   * @throws IllegalStateException where the call has one record
   */
  public List<PackedCall> halves() {
    if (size() == 1) {
      throw new IllegalStateException("one record can't be halved");
    }
    int middle = size() / 2;
    return List.of(
        new PackedCall(layout, Arrays.copyOfRange(indexes, 0, middle)),
        new PackedCall(layout, Arrays.copyOfRange(indexes, middle, size())));
  }

  Layout layout() {
    return layout;
  }

  /** The attributes that stand in CommonAttributes; none where there is one record. */
  int[] shared() {
    return shared;
  }

  /** The metered bytes before they are rounded. */
  long bytes() {
    return bytes;
  }

  /** The type that all records have, or null. */
  @Nullable MeasureType sharedType() {
    MeasureType type = layout.batch().type(indexes[0]);
    for (int index : indexes) {
      if (layout.batch().type(index) != type) {
        return null;
      }
    }
    return type;
  }

  /** The version that all records have, or 0. */
  long sharedVersion() {
    long version = layout.batch().version(indexes[0]);
    for (int index : indexes) {
      if (layout.batch().version(index) != version) {
        return 0;
      }
    }
    return version;
  }

  private long meter() {
    long sum = 0;
    for (int index : indexes) {
      sum += layout.bytes(index);
    }
    long once = 0;
    for (int id : shared) {
      once += layout.attributes().bytes(id);
    }
    return sum - once * (indexes.length - 1);
  }

  private static int[] shared(Layout layout, int[] indexes) {
    int first = indexes[0];
    int[] shared = new int[layout.to(first) - layout.from(first)];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = layout.id(layout.from(first) + i);
    }
    int size = shared.length;
    for (int record = 1; record < indexes.length && size > 0; record++) {
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (layout.has(indexes[record], shared[i])) {
          shared[kept++] = shared[i];
        }
      }
      size = kept;
    }
    return Arrays.copyOf(shared, size);
  }
}
