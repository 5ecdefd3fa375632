// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static java.util.Objects.requireNonNull;

import dev.weir.store.embedded.log.SegmentFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * How a store is opened.
 *
 * @param folder the data folder; made where it is missing
 * @param clock tells the time
 * @param listener hears what happens
 * @param segmentFiles how log files are opened
 * @param limits what it takes of its machine
 */
public record EmbeddedStoreOptions(
    Path folder,
    InstantSource clock,
    EngineListener listener,
    SegmentFiles segmentFiles,
    StoreLimits limits) {

  public EmbeddedStoreOptions {
    requireNonNull(folder, "folder");
    requireNonNull(clock, "clock");
    requireNonNull(listener, "listener");
    requireNonNull(segmentFiles, "segmentFiles");
    requireNonNull(limits, "limits");
  }

  /** The usual options for a folder. */
  public static EmbeddedStoreOptions of(Path folder) {
    return new EmbeddedStoreOptions(
        folder,
        InstantSource.system(),
        EngineListener.NONE,
        SegmentFiles.plain(),
        StoreLimits.ofHeap(Runtime.getRuntime().maxMemory()));
  }

  public EmbeddedStoreOptions withClock(InstantSource other) {
    return new EmbeddedStoreOptions(folder, other, listener, segmentFiles, limits);
  }

  public EmbeddedStoreOptions withListener(EngineListener other) {
    return new EmbeddedStoreOptions(folder, clock, other, segmentFiles, limits);
  }

  public EmbeddedStoreOptions withSegmentFiles(SegmentFiles other) {
    return new EmbeddedStoreOptions(folder, clock, listener, other, limits);
  }

  public EmbeddedStoreOptions withLimits(UnaryOperator<StoreLimits> change) {
    return new EmbeddedStoreOptions(folder, clock, listener, segmentFiles, change.apply(limits));
  }
}
