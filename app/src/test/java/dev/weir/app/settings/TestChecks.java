// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.record.RecorderOptions;
import dev.weir.monitor.schedule.ScheduleOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What website checks are told where nothing is said. */
public final class TestChecks {

  private TestChecks() {}

  /** In this data folder, under this network policy. */
  public static ChecksSettings in(Path dataDir, String policy) {
    return new ChecksSettings(
        ScheduleOptions.of("local"),
        RecorderOptions.of(dataDir.resolve("results")),
        List.of(),
        Map.of("default", NetworkPolicies.parse(policy)),
        dataDir.resolve("secrets"),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
