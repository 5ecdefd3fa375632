// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a store takes of its machine.
 *
 * @param memoryBytes of the engine's buffer pool
 * @param threads that one query may use
 * @param queriesMax queries that run at the same time; others wait until their deadline
 * @param queuePointsMax points that wait to be written, each counted by {@link
 *     WriteCommand.WritePoints#weight}; beyond it writers wait, then are throttled
 * @param generationRowsMax unsealed rows after which they are sealed
 * @param generationObjectBytesMax about how much memory the texts and MULTI values of unsealed rows
 *     take when they are sealed; {@value Committer#WAITING_GENERATIONS_MAX} times as much may wait
 *     for the sealer
 * @param generationAgeMax age after which rows are sealed, however few
 * @param spillBytes the most that queries may write to the folder's temporary files
 * @param freeBytesMin space that sealing leaves free on the disk
 * @param seriesBytes about how much memory the index of series may take; beyond it new series are
 *     refused and known ones go on
 */
public record StoreLimits(
    long memoryBytes,
    int threads,
    int queriesMax,
    int queuePointsMax,
    int generationRowsMax,
    long generationObjectBytesMax,
    Duration generationAgeMax,
    long spillBytes,
    long freeBytesMin,
    long seriesBytes) {

  private static final long MEBIBYTE = 1 << 20;

  /**
   * A quarter of the heap: the rest is for requests, unsealed rows and the collector's headroom.
   */
  private static final long HEAP_SHARE_OF_SERIES = 4;

  /** With those that wait for the sealer less than a fifth of the heap. */
  private static final long HEAP_SHARE_OF_A_GENERATION = 32;

  public StoreLimits {
    requireNonNull(generationAgeMax, "generationAgeMax");
    if (memoryBytes < 64 * MEBIBYTE) {
      throw new IllegalArgumentException(
          "memory limit %d bytes is less than 64 MiB".formatted(memoryBytes));
    }
    if (threads < 1
        || queriesMax < 1
        || queuePointsMax < 1
        || generationRowsMax < 1
        || generationObjectBytesMax < 1) {
      throw new IllegalArgumentException("threads, queries, queue and generation must be positive");
    }
  }

  /** The usual ones for a process with this heap. */
  public static StoreLimits ofHeap(long heapBytes) {
    return new StoreLimits(
        320 * MEBIBYTE,
        2,
        8,
        1_000_000,
        1_000_000,
        Math.max(MEBIBYTE, heapBytes / HEAP_SHARE_OF_A_GENERATION),
        Duration.ofHours(1),
        4_096 * MEBIBYTE,
        64 * MEBIBYTE,
        heapBytes / HEAP_SHARE_OF_SERIES);
  }

  public StoreLimits withMemory(long bytes, long spill) {
    Draft draft = new Draft(this);
    draft.memoryBytes = bytes;
    draft.spillBytes = spill;
    return draft.limits();
  }

  public StoreLimits withGenerationRowsMax(int rows) {
    Draft draft = new Draft(this);
    draft.generationRowsMax = rows;
    return draft.limits();
  }

  public StoreLimits withGenerationObjectBytesMax(long bytes) {
    Draft draft = new Draft(this);
    draft.generationObjectBytesMax = bytes;
    return draft.limits();
  }

  public StoreLimits withFreeBytesMin(long bytes) {
    Draft draft = new Draft(this);
    draft.freeBytesMin = bytes;
    return draft.limits();
  }

  public StoreLimits withSeriesBytes(long bytes) {
    Draft draft = new Draft(this);
    draft.seriesBytes = bytes;
    return draft.limits();
  }

  /** These limits, some of them changed. */
  private static final class Draft {

    private final StoreLimits usual;
    private long memoryBytes;
    private int generationRowsMax;
    private long generationObjectBytesMax;
    private long spillBytes;
    private long freeBytesMin;
    private long seriesBytes;

    Draft(StoreLimits usual) {
      this.usual = usual;
      memoryBytes = usual.memoryBytes;
      generationRowsMax = usual.generationRowsMax;
      generationObjectBytesMax = usual.generationObjectBytesMax;
      spillBytes = usual.spillBytes;
      freeBytesMin = usual.freeBytesMin;
      seriesBytes = usual.seriesBytes;
    }

    StoreLimits limits() {
      return new StoreLimits(
          memoryBytes,
          usual.threads,
          usual.queriesMax,
          usual.queuePointsMax,
          generationRowsMax,
          generationObjectBytesMax,
          usual.generationAgeMax,
          spillBytes,
          freeBytesMin,
          seriesBytes);
    }
  }
}
