// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.settings.ServeSettings;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.server.Limits;
import dev.weir.server.ServerOptions;

/** Hands each room its part of the settings. */
final class RoomOptions {

  private RoomOptions() {}

  static RemoteWriteOptions write(ServeSettings.Write write) {
    return RemoteWriteOptions.defaults()
        .withFailOnLongLabel(write.failOnLongLabel())
        .withFailOnInvalidSampleValue(write.failOnInvalidSample())
        .withNonFiniteSamples(write.nonFinite())
        .withThrottleStatus(write.throttleStatus());
  }

  static ServerOptions server(ServeSettings.Web web) {
    return new ServerOptions(
        web.listen(),
        web.doors(),
        web.tls(),
        web.configFile(),
        web.allowedHosts(),
        Limits.standard(),
        web.telemetryPath(),
        false);
  }
}
