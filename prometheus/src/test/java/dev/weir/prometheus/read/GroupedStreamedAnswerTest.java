// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

/** The same cases by the plan for Timestream. */
class GroupedStreamedAnswerTest extends StreamedAnswerTest {
  @Override
  RemoteReadOptions options() {
    return RemoteReadOptions.defaults().withPlan(ReadPlan.grouped());
  }

  /** Two pages of finite values, one of bits. */
  @Override
  int callsBeforeTheFirstByte() {
    return 3;
  }
}
