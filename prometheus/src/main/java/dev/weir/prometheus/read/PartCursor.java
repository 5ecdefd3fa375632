// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the series of one query in order, part by part. Not thread-safe. */
interface PartCursor {

  /** The next parts, in order; null at the end. May be empty though more follow. */
  @Nullable List<SeriesPart> next() throws BadReadException;

  /** Whether all was given. */
  boolean exhausted();
}
