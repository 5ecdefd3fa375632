// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.administration.AccountSettings.PricingModel;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdministrationValuesTest {

  @Test
  void keepsRetentionWithinTheLimitsOfTimestream() {
    assertThat(TableProperties.DEFAULT.memoryRetention()).isEqualTo(Duration.ofHours(6));
    assertThatThrownBy(() -> properties(Duration.ZERO, Duration.ofDays(1)))
        .hasMessage("MemoryStoreRetentionPeriodInHours is 0; it must be 1 to 8766");
    assertThatThrownBy(() -> properties(Duration.ofHours(8_767), Duration.ofDays(1)))
        .hasMessage("MemoryStoreRetentionPeriodInHours is 8767; it must be 1 to 8766");
    assertThatThrownBy(() -> properties(Duration.ofHours(1), Duration.ofDays(73_001)))
        .hasMessage("MagneticStoreRetentionPeriodInDays is 73001; it must be 1 to 73000");
  }

  @Test
  void takesComputeUnitsInStepsOfFour() {
    assertThat(new AccountSettings(4, PricingModel.COMPUTE_UNITS).maxQueryTcu()).isEqualTo(4);
    for (int units : new int[] {0, 3, 6, 1_004}) {
      assertThatThrownBy(() -> new AccountSettings(units, PricingModel.COMPUTE_UNITS))
          .hasMessage("MaxQueryTCU is " + units + "; it must be a multiple of 4 from 4 to 1000");
    }
  }

  private static TableProperties properties(Duration memory, Duration magnetic) {
    return new TableProperties(
        memory, magnetic, MagneticWrites.DISABLED, new PartitionKey.OfMeasureName());
  }
}
