// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import dev.weir.prometheus.read.ReadPlan;
import dev.weir.prometheus.read.RemoteReadOptions;

/** The same cases by the plan for Timestream. */
class GroupedMatcherMeaningTest extends MatcherMeaningTest {
  @Override
  RemoteReadOptions options() {
    return RemoteReadOptions.defaults().withPlan(ReadPlan.grouped());
  }
}
