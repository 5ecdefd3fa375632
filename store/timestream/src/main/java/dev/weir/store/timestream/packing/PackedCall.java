// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.PointBatch;
import dev.weir.store.TableName;
import java.util.Arrays;
import java.util.List;

/** Some points of a batch as one WriteRecords call of 1 to 100 records. Immutable. */
public final class PackedCall {

  private final TableName table;
  private final PointBatch batch;
  private final int[] indexes;

  PackedCall(TableName table, PointBatch batch, int[] indexes) {
    this.table = table;
    this.batch = batch;
    this.indexes = indexes;
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
    return WriteRecordsJson.of(table, batch, indexes);
  }

  /** The KiB that Timestream meters for this call (AWS developer guide, "Metering: writes"). */
  public long billedKib() {
    throw new UnsupportedOperationException("metering");
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
        new PackedCall(table, batch, Arrays.copyOfRange(indexes, 0, middle)),
        new PackedCall(table, batch, Arrays.copyOfRange(indexes, middle, size())));
  }
}
