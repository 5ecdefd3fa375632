// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.environment.Variables;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionSettingsTest {

  @Test
  void whatIsNotSaidIsAsTheOriginalHadIt() {
    FunctionSettings settings =
        new FunctionSettings(new Variables(Map.of("AWS_REGION", "eu-west-1")));

    assertThat(settings.tables()).isEqualTo(CheckTables.ORIGINAL);
    assertThat(settings.sitesTable()).isEqualTo("WSMonitoringConfig");
    assertThat(settings.timestreamEndpoint()).isEmpty();
    assertThat(settings.timestreamRegion()).isEqualTo("eu-west-1");
    assertThat(settings.homeRegion()).isEqualTo("eu-west-1");
    assertThat(settings.recordLayout()).isEqualTo(RecordLayout.CHECK);
    assertThat(settings.shards()).isEqualTo(4);
  }

  @Test
  void aVariableThatIsMissingOrWrongIsNamed() {
    FunctionSettings settings = new FunctionSettings(new Variables(Map.of("WEIR_SHARDS", "0")));

    assertThatIllegalArgumentException()
        .isThrownBy(settings::resultsQueue)
        .withMessageContaining("WEIR_RESULTS_QUEUE");
    assertThatIllegalArgumentException()
        .isThrownBy(settings::shards)
        .withMessageContaining("WEIR_SHARDS")
        .withMessageContaining("1 to 1000");
  }
}
