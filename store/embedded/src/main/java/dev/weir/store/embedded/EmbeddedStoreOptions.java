// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static java.util.Objects.requireNonNull;

import dev.weir.store.embedded.log.SegmentFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a store is opened.
 *
 * @param folder the data folder; made where it is missing
 * @param clock tells the time
 * @param listener hears what happens
 * @param memoryLimitBytes of the engine's buffer pool
 * @param threads that one query may use
 * @param queriesMax queries that run at the same time; others wait until their deadline
 * @param queuePointsMax points that wait to be written; beyond it writers wait, then are throttled
 * @param generationRowsMax unsealed rows after which they are sealed
 * @param generationAgeMax age after which rows are sealed, however few
 * @param spillLimitBytes the most that queries may write to the folder's temporary files
 * @param freeBytesMin space that sealing leaves free on the disk
 * @param segmentFiles how log files are opened
 * @param seriesBytesMax about how much memory the index of series may take; beyond it new series
 *     are refused and known ones go on
 */
public record EmbeddedStoreOptions(
    Path folder,
    InstantSource clock,
    EngineListener listener,
    long memoryLimitBytes,
    int threads,
    int queriesMax,
    int queuePointsMax,
    int generationRowsMax,
    Duration generationAgeMax,
    long spillLimitBytes,
    long freeBytesMin,
    SegmentFiles segmentFiles,
    long seriesBytesMax) {

  private static final long MEBIBYTE = 1 << 20;

  /**
   * A quarter of the heap: the rest is for requests, unsealed rows and the collector's headroom.
   */
  private static final long HEAP_SHARE_OF_SERIES = 4;

  public EmbeddedStoreOptions {
    requireNonNull(folder, "folder");
    requireNonNull(clock, "clock");
    requireNonNull(listener, "listener");
    requireNonNull(generationAgeMax, "generationAgeMax");
    requireNonNull(segmentFiles, "segmentFiles");
    if (memoryLimitBytes < 64 * MEBIBYTE) {
      throw new IllegalArgumentException(
          "memory limit %d bytes is less than 64 MiB".formatted(memoryLimitBytes));
    }
    if (threads < 1 || queriesMax < 1 || queuePointsMax < 1 || generationRowsMax < 1) {
      throw new IllegalArgumentException("threads, queries, queue and generation must be positive");
    }
  }

  /** The usual options for a folder. */
  public static EmbeddedStoreOptions of(Path folder) {
    return new EmbeddedStoreOptions(
        folder,
        InstantSource.system(),
        EngineListener.NONE,
        320 * MEBIBYTE,
        2,
        8,
        1_000_000,
        1_000_000,
        Duration.ofHours(1),
        4_096 * MEBIBYTE,
        64 * MEBIBYTE,
        SegmentFiles.plain(),
        Runtime.getRuntime().maxMemory() / HEAP_SHARE_OF_SERIES);
  }

  public EmbeddedStoreOptions withClock(InstantSource other) {
    return new EmbeddedStoreOptions(
        folder,
        other,
        listener,
        memoryLimitBytes,
        threads,
        queriesMax,
        queuePointsMax,
        generationRowsMax,
        generationAgeMax,
        spillLimitBytes,
        freeBytesMin,
        segmentFiles,
        seriesBytesMax);
  }

  public EmbeddedStoreOptions withListener(EngineListener other) {
    return new EmbeddedStoreOptions(
        folder,
        clock,
        other,
        memoryLimitBytes,
        threads,
        queriesMax,
        queuePointsMax,
        generationRowsMax,
        generationAgeMax,
        spillLimitBytes,
        freeBytesMin,
        segmentFiles,
        seriesBytesMax);
  }

  public EmbeddedStoreOptions withGenerationRowsMax(int rows) {
    return new EmbeddedStoreOptions(
        folder,
        clock,
        listener,
        memoryLimitBytes,
        threads,
        queriesMax,
        queuePointsMax,
        rows,
        generationAgeMax,
        spillLimitBytes,
        freeBytesMin,
        segmentFiles,
        seriesBytesMax);
  }

  public EmbeddedStoreOptions withMemoryLimitBytes(long bytes) {
    return new EmbeddedStoreOptions(
        folder,
        clock,
        listener,
        bytes,
        threads,
        queriesMax,
        queuePointsMax,
        generationRowsMax,
        generationAgeMax,
        spillLimitBytes,
        freeBytesMin,
        segmentFiles,
        seriesBytesMax);
  }

  public EmbeddedStoreOptions withSegmentFiles(SegmentFiles other) {
    return new EmbeddedStoreOptions(
        folder,
        clock,
        listener,
        memoryLimitBytes,
        threads,
        queriesMax,
        queuePointsMax,
        generationRowsMax,
        generationAgeMax,
        spillLimitBytes,
        freeBytesMin,
        other,
        seriesBytesMax);
  }

  public EmbeddedStoreOptions withSeriesBytesMax(long bytes) {
    return new EmbeddedStoreOptions(
        folder,
        clock,
        listener,
        memoryLimitBytes,
        threads,
        queriesMax,
        queuePointsMax,
        generationRowsMax,
        generationAgeMax,
        spillLimitBytes,
        freeBytesMin,
        segmentFiles,
        bytes);
  }
}
