// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.time.Duration;

/** The same cases by the plan for Timestream. */
class GroupedRemoteReadTest extends RemoteReadTest {
  @Override
  RemoteReadOptions options() {
    return RemoteReadOptions.defaults().withPlan(ReadPlan.grouped());
  }

  /** Without bits of this metric there is one. */
  @Override
  int statements() {
    return 1;
  }

  @Override
  RemoteReadOptions sliced() {
    ReadPlan one = new ReadPlan.Grouped(1, Duration.ofHours(1), Duration.ZERO, 1);
    return super.sliced().withPlan(one);
  }
}
