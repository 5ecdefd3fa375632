// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ScheduleNamesTest {

  private static final String PREFIX = "CPT_WSMon_RULE_";

  @Test
  void b4WhatFitsStaysAndWhatDoesNotKeepsItsBeginning() {
    String fits = "x".repeat(49);
    assertThat(ScheduleNames.fitted(PREFIX, fits)).isEqualTo(PREFIX + fits).hasSize(64);
    String shortened = ScheduleNames.fitted(PREFIX, "shop-" + "x".repeat(45));
    assertThat(shortened).startsWith(PREFIX + "-shop-xxx").hasSize(64);
    assertThat(shortened)
        .isNotEqualTo(ScheduleNames.fitted(PREFIX, "shop-" + "x".repeat(46)))
        .isEqualTo(ScheduleNames.fitted(PREFIX, "shop-" + "x".repeat(45)));
  }

  @Test
  void aPrefixThatLeavesNoRoomIsRefusedByTheNameOfItsSetting() {
    assertThat(ScheduleNames.prefix("P", "x".repeat(32))).hasSize(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleNames.prefix("WEIR_RULE_PREFIX", "x".repeat(33)))
        .withMessageContaining("WEIR_RULE_PREFIX");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleNames.prefix("WEIR_RULE_PREFIX", "a/b"));
  }
}
