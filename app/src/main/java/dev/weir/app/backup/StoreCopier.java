// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.backup;

import java.io.IOException;
import java.nio.file.Path;

/** Copies a store into a folder, consistently. */
@FunctionalInterface
public interface StoreCopier {

  /**
   * Copies everything that was acknowledged before the call.
   *
   * @param folder new or empty
   * @throws dev.weir.store.StoreException with a line for the operator when it can't
   * @throws IOException when the progress can't be told any more
   */
  Copied copyTo(Path folder, Progress progress) throws IOException;

  /** What was copied. */
  record Copied(long files, long bytes) {}

  /** Hears how far a copy is. */
  @FunctionalInterface
  interface Progress {
    void copied(long bytes, long totalBytes) throws IOException;
  }
}
