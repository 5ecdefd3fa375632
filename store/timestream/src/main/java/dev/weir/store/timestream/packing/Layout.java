// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.TableName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch with each point's attributes and metered bytes: what its calls share. Written by one
 * thread, read by many afterwards.
 */
final class Layout {

  private final TableName table;
  private final PointBatch batch;
  private final Attributes attributes;

  /**
   * Where the attributes of a point begin in {@link #ids}; its measure name and time come first.
   */
  private final int[] starts;

  private final int[] bytes;
  private int[] ids;

  /** Lays a batch out; points that Timestream would never take are added to the rejections. */
  Layout(TableName table, PointBatch batch, List<Rejection> rejections) {
    this.table = table;
    this.batch = batch;
    this.attributes = new Attributes(batch.size() / 4);
    this.starts = new int[batch.size() + 1];
    this.bytes = new int[batch.size()];
    this.ids = new int[batch.size() * 8];
    for (int i = 0; i < batch.size(); i++) {
      Refusal refusal = add(i);
      if (refusal != null) {
        rejections.add(new Rejection(i, refusal.reason(), refusal.message()));
      }
    }
  }

  private @Nullable Refusal add(int index) {
    Series series = batch.series(index);
    var dimensions = series.dimensions();
    int at = starts[index];
    if (at + dimensions.size() + 2 > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(at + dimensions.size() + 2, ids.length * 2));
    }
    int measureName = attributes.measureName(series.measureName());
    Refusal refusal = attributes.refusal(measureName);
    ids[at++] = measureName;
    ids[at++] = attributes.time(batch.epochNanos(index));
    int sum = 0;
    for (int i = 0; i < dimensions.size(); i++) {
      int id = attributes.dimension(dimensions.get(i));
      ids[at++] = id;
      sum += attributes.bytes(id);
      refusal = refusal == null ? attributes.refusal(id) : refusal;
    }
    starts[index + 1] = at;
    bytes[index] =
        sum
            + attributes.bytes(measureName)
            + Metering.TIME_BYTES
            + Metering.valueBytes(batch, index);
    if (refusal != null) {
      return RecordRules.inSeries(refusal, series);
    }
    refusal = RecordRules.judgeDimensions(series, sum);
    return refusal != null ? refusal : RecordRules.judgeValue(batch, index);
  }

  TableName table() {
    return table;
  }

  PointBatch batch() {
    return batch;
  }

  Attributes attributes() {
    return attributes;
  }

  /** The metered bytes of a point that shares nothing. */
  int bytes(int index) {
    return bytes[index];
  }

  /** Whether a point must have a call of its own. */
  boolean standsAlone(int index) {
    return bytes[index] - Metering.TIME_BYTES > RecordRules.RECORD_BYTES_MAX;
  }

  /** Where the attributes of a point begin, for {@link #id}. */
  int from(int index) {
    return starts[index];
  }

  /** Where the attributes of a point end, exclusive. */
  int to(int index) {
    return starts[index + 1];
  }

  /** Whether a point has an attribute. */
  boolean has(int index, int id) {
    for (int place = starts[index]; place < starts[index + 1]; place++) {
      if (ids[place] == id) {
        return true;
      }
    }
    return false;
  }

  /** The attribute at a place between {@link #from} and {@link #to}. */
  int id(int place) {
    return ids[place];
  }
}
