// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

/**
 * Hears what an operator wants to count. Calls come from the store's own threads and must return at
 * once.
 */
public interface EngineListener {

  /** A listener that hears nothing. */
  EngineListener NONE = new EngineListener() {};

  /**
   * A group of writes became durable.
   *
   * @param nanos from the start of the group to its end
   * @param points that were stored, repeats not counted
   * @param queueDepth points that wait now
   */
  default void committed(long nanos, int points, int queueDepth) {}

  /** A group of writes could not be made durable and was undone. */
  default void commitFailed(String reason) {}

  /** A generation went into the file. */
  default void sealed(long nanos, long points) {}

  /** A generation could not go into the file; it is tried again. */
  default void sealFailed(String reason) {}

  /** Days beyond the retention were dropped. */
  default void dropped(int partitions, long points) {}

  /** The engine had become unusable and was opened again. */
  default void reopened() {}

  /** Sizes, told after each seal and at start. */
  default void sized(long fileBytes, long usedBytes, long logBytes) {}
}
