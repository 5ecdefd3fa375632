// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.model.PointBatch;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;

/** Hears what becomes of records, to be counted. Thread-safe, quick, throws nothing. */
public interface RecordListener {

  /** One that does not listen. */
  RecordListener NONE = new RecordListener() {};

  /**
   * Points are in the store.
   *
   * @param batch they, and those that are told of as refused
   * @param points how many are stored
   */
  default void stored(TableName table, PointBatch batch, int points) {}

  /** The store refused points for good; they are gone. */
  default void refused(int points) {}

  /** The store can't take points now; they wait. */
  default void held(StoreException.Kind why) {}

  /** The queue was full: its oldest results are gone. */
  default void overflowed(long results) {}

  /** Results could not be put into the queue, or not be read from it: they are gone. */
  default void lost(long results) {}
}
