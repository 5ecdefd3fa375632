// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

/**
 * What the contracts ask of a store that is itself the engine, and that one behind the wire API
 * can't give. The only differences between stores that there may be.
 */
public enum Capability {
  /** {@code WriteOutcome.repeated}: WriteRecords does not tell a repeat from a new point. */
  TELLS_REPEATS,
  /**
   * Queries under a {@code Scope}: on the wire a caller is limited by credentials, not by query. A
   * store that lacks it runs the query as if the scope were everything.
   */
  LIMITS_BY_SCOPE,
  /** {@code WriteOutcome.magnetic} beside rejections: RejectedRecordsException has no counts. */
  COUNTS_BESIDE_REJECTIONS,
  /** Records as large as their parts may be: on the wire a whole record has at most 2048 bytes. */
  TAKES_LARGE_RECORDS,
  /** {@code TableDetails.own}: DescribeTable does not tell who made a table. */
  MARKS_OWN_TABLES,
  /** Time that stands still and can be stepped: an account's goes on by itself. */
  STEPS_TIME,
  /** The limits of Weir's own tables, with its words: an account's tables have Amazon's. */
  HAS_OWN_LIMITS,
  /** Databases and tables are the contract's alone: an account may have others. */
  IS_ALONE
}
