// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a Prometheus scraped and what another one reads back from Weir is the same: same series,
 * same times, same values.
 */
class PrometheusRoundTripIT {

  @TempDir Path folder;

  @Test
  void prometheusReadsBackWhatAnotherOneScraped() throws IOException {
    try (WeirProcess weir = WeirProcess.start(folder)) {
      new RoundTrip(folder, weir).run(() -> {});
    }
  }

  @Test
  void nothingIsMissingAfterAKillInTheMiddle() throws IOException {
    try (WeirProcess weir = WeirProcess.start(folder)) {
      new RoundTrip(folder, weir).run(weir::killAndRestart);
    }
  }
}
