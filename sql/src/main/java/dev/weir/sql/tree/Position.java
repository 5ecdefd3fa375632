// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

/**
 * A place in the user's own text; line and column count from 1, columns in code points.
 *
 * <p>Any two positions are equal, so that expressions compare by what they mean and not by where
 * they stand: {@code GROUP BY bin(time, 1m)} is found again in the select list.
 */
public record Position(int line, int column) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Position;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  /** As in messages: {@code line 1:8}. */
  @Override
  public String toString() {
    return "line " + line + ":" + column;
  }
}
