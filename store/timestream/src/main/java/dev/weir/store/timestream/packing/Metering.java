// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;

/**
 * What Timestream meters for writing (AWS developer guide, "Metering and pricing: writes"): of each
 * record the time, the UTF-8 bytes of dimension names and values, of measure names, and the size of
 * the value; what stands in CommonAttributes once for the call; and each call in whole KiB.
 */
public final class Metering {

  /** Bytes of a time. */
  static final int TIME_BYTES = 8;

  private static final int NUMBER_BYTES = 8;
  private static final int BOOLEAN_BYTES = 1;
  private static final int KIB_BITS = 10;
  private static final int KIB = 1 << KIB_BITS;

  private Metering() {}

  /** The KiB that a call of so many bytes is billed as. */
  public static long kib(long bytes) {
    return (bytes + KIB - 1) >> KIB_BITS;
  }

  /**
   * The KiB of a batch as a sender without any packing would write it: one record per point,
   * nothing in CommonAttributes, calls of 100 in the order of the batch. What is saved is saved
   * against this.
   */
  public static long kibUnpacked(PointBatch batch) {
    long kib = 0;
    for (int from = 0; from < batch.size(); from += CallPacker.RECORDS_MAX) {
      long bytes = 0;
      for (int i = from; i < Math.min(from + CallPacker.RECORDS_MAX, batch.size()); i++) {
        bytes += recordBytes(batch, i);
      }
      kib += kib(bytes);
    }
    return kib;
  }

  /** The bytes of a point as a record that shares nothing. */
  public static long recordBytes(PointBatch batch, int index) {
    var series = batch.series(index);
    long bytes = (long) TIME_BYTES + JsonText.utf8Bytes(series.measureName());
    for (var dimension : series.dimensions()) {
      bytes += JsonText.utf8Bytes(dimension.name()) + JsonText.utf8Bytes(dimension.value());
    }
    return bytes + valueBytes(batch, index);
  }

  /** The bytes of a value; of a MULTI those of its measure names too. */
  static int valueBytes(PointBatch batch, int index) {
    MeasureType type = batch.type(index);
    return switch (type) {
      case DOUBLE, BIGINT, TIMESTAMP -> NUMBER_BYTES;
      case BOOLEAN -> BOOLEAN_BYTES;
      case VARCHAR, MULTI -> valueBytes(batch.measure(index));
    };
  }

  /** The bytes of a value; of a MULTI those of its measure names too. */
  static int valueBytes(Measure measure) {
    return switch (measure) {
      case Measure.OfDouble _, Measure.OfBigint _, Measure.OfTimestamp _ -> NUMBER_BYTES;
      case Measure.OfBoolean _ -> BOOLEAN_BYTES;
      case Measure.OfVarchar(String text) -> JsonText.utf8Bytes(text);
      case Measure.OfMulti(var values) -> {
        int bytes = 0;
        for (Measure.Named named : values) {
          bytes += JsonText.utf8Bytes(named.name()) + valueBytes(named.value());
        }
        yield bytes;
      }
    };
  }
}
