// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

/**
 * One thing that is not as the table wants it.
 *
 * @param kind how it differs
 * @param what {@code schedule}, {@code document} of the tick, or {@code tick}, a shard's schedule
 * @param customer empty for a tick
 * @param site the site's id, or the shard
 */
record Drift(Kind kind, String what, String region, String customer, String site) {

  /** How something differs. */
  enum Kind {
    MISSING,
    DIFFERENT,
    ORPHANED
  }
}
