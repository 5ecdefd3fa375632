// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

/** Names that Timestream keeps for itself (AWS developer guide, "Quotas": system identifiers). */
final class SystemNames {

  private SystemNames() {}

  /** Whether no dimension of any table may have this name. */
  static boolean takenFromDimensions(String name) {
    return name.equals("time")
        || name.equals("measure_value")
        || name.equals("ts_non_existent_col")
        || name.startsWith("ts_")
        || name.startsWith("measure_name")
        || name.indexOf(':') >= 0;
  }

  /** Whether no measure of an account's table may have this name. */
  static boolean takenFromMeasures(String name) {
    return name.equals("time")
        || name.startsWith("ts_")
        || name.startsWith("measure_name")
        || name.startsWith("measure_value");
  }
}
