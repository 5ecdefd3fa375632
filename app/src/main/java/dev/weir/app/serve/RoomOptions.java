// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.settings.ServeSettings;
import dev.weir.prometheus.read.ReadPlan;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.server.Limits;
import dev.weir.server.ServerOptions;
import java.time.Duration;

/** Hands each room its part of the settings. */
public final class RoomOptions {

  private static final long BODIES_BYTES_MIN = 112L << 20;
  private static final long READ_BYTES_MIN = 64L << 20;
  private static final Duration BODIES_WAIT = Duration.ofSeconds(2);

  private RoomOptions() {}

  /**
   * Remote write with the operator's settings. Memory by what the heap has: bodies at work must
   * hold one of the largest size, 32 MiB as sent and 64 MiB unpacked.
   */
  static RemoteWriteOptions write(ServeSettings.Write write, long heapBytes) {
    return RemoteWriteOptions.defaults()
        .withMemory(Math.max(BODIES_BYTES_MIN, heapBytes / 4), BODIES_WAIT)
        .withCachedBytesMax(heapBytes / 8)
        .withFailOnLongLabel(write.failOnLongLabel())
        .withFailOnInvalidSampleValue(write.failOnInvalidSample())
        .withNonFiniteSamples(write.nonFinite())
        .withThrottleStatus(write.throttleStatus());
  }

  /**
   * Remote write to Timestream: nothing else lives long in that process, and a series that the
   * cache has lost costs as much as several samples. At 384 MB of heap it holds those of fifty
   * senders with 2,000 each.
   */
  static RemoteWriteOptions writeToTimestream(ServeSettings.Write write, long heapBytes) {
    return write(write, heapBytes).withCachedBytesMax(heapBytes / 5);
  }

  /**
   * Remote read of Timestream, with a third of the heap: what is collected there comes in small
   * pieces, and more wait. At least what one query may hold and its body.
   */
  static RemoteReadOptions readOfTimestream(long heapBytes) {
    return RemoteReadOptions.defaults()
        .withPlan(ReadPlan.grouped())
        .withMemory(Math.max(READ_BYTES_MIN, heapBytes / 3));
  }

  /** The port, with credentials in each request or of its own. */
  public static ServerOptions server(ServeSettings.Web web, boolean requestCredentials) {
    return new ServerOptions(
        web.listen(),
        web.doors(),
        web.tls(),
        web.configFile(),
        web.allowedHosts(),
        Limits.standard(),
        web.telemetryPath(),
        requestCredentials,
        web.timestreamCredentials(),
        web.console());
  }
}
