// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.tick;

/**
 * Where the configuration function leaves the sites that ticks plan: in one collection, under ids
 * {@code region/shard/customer/id}.
 */
public final class TickDocuments {

  public static final String COLLECTION = "tick-sites";

  private TickDocuments() {}

  /** What the ids of a shard's sites begin with. */
  public static String prefix(String region, int shard) {
    return region + "/" + shard + "/";
  }
}
