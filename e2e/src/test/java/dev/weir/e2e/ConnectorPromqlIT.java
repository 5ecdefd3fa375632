// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The comparison of {@link PrometheusRoundTripIT} with a connector and a Timestream in between: the
 * same queries give the same answers, though the connector is killed halfway.
 */
class ConnectorPromqlIT {

  private static final String DATABASE = "prom";
  private static final String TABLE = "metrics";

  @TempDir Path folder;

  @Test
  void prometheusReadsBackThroughTheConnectorWhatAnotherOneScraped() throws IOException {
    try (LocalTimestream timestream = LocalTimestream.start(folder)) {
      timestream.createTable(DATABASE, TABLE);
      try (ConnectorProcess connector =
          ConnectorProcess.start(folder, timestream.endpoint(), DATABASE, TABLE)) {
        new RoundTrip(folder, connector).run(connector::killAndRestart);
      }
    }
  }
}
