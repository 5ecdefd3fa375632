// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

/**
 * How much a store holds and has before it.
 *
 * @param series in the catalog
 * @param storedBytes of sealed data in its files, without free blocks
 * @param logBytes of the write-ahead log
 * @param queuedPoints points that wait for a commit
 */
public record StoreFigures(long series, long storedBytes, long logBytes, long queuedPoints) {

  /** Nothing there yet. */
  public static final StoreFigures EMPTY = new StoreFigures(0, 0, 0, 0);
}
