// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import java.util.Comparator;
import java.util.List;

/**
 * What became of a batch. All points that are not named in a rejection are stored.
 *
 * @param accepted points that are durable now, repeats included
 * @param repeated those of them that were there already with the same value
 * @param magnetic those of the accepted that are older than the table's memory retention
 * @param rejections the others, ascending by index
 */
public record WriteOutcome(int accepted, int repeated, int magnetic, List<Rejection> rejections) {

  public WriteOutcome {
    if (repeated < 0 || accepted < repeated || magnetic < 0 || accepted < magnetic) {
      throw new IllegalArgumentException(
          "accepted %d, repeated %d, magnetic %d".formatted(accepted, repeated, magnetic));
    }
    rejections = rejections.stream().sorted(Comparator.comparingInt(Rejection::index)).toList();
  }

  /** An outcome with nothing older than the memory retention. */
  public WriteOutcome(int accepted, int repeated, List<Rejection> rejections) {
    this(accepted, repeated, 0, rejections);
  }
}
