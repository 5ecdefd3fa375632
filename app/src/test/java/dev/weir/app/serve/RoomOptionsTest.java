// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.settings.ServeSettings;
import dev.weir.prometheus.read.ReadPlan;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.server.ConsoleOptions;
import dev.weir.server.Door;
import dev.weir.server.ListenAddress;
import dev.weir.server.ServerOptions;
import dev.weir.server.web.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomOptionsTest {

  @Test
  void handsRemoteWriteItsSettings() {
    RemoteWriteOptions options =
        RoomOptions.write(
            new ServeSettings.Write(true, true, NonFiniteSamples.DROP, 429), 384L << 20);
    assertThat(options.failOnLongLabel()).isTrue();
    assertThat(options.failOnInvalidSampleValue()).isTrue();
    assertThat(options.nonFiniteSamples()).isEqualTo(NonFiniteSamples.DROP);
    assertThat(options.throttleStatus()).isEqualTo(429);
    assertThat(options.memoryBytesMax()).isEqualTo(112L << 20);
    assertThat(options.cachedBytesMax()).isEqualTo(48L << 20);
  }

  @Test
  void keepsTheSeriesOfFiftySendersOnTheWayToTimestream() {
    var write = new ServeSettings.Write(false, false, NonFiniteSamples.STORE, 503);
    assertThat(RoomOptions.writeToTimestream(write, 385L << 20).cachedBytesMax())
        .isEqualTo(77L << 20);
    assertThat(RoomOptions.writeToTimestream(write, 385L << 20).memoryBytesMax())
        .isEqualTo(RoomOptions.write(write, 385L << 20).memoryBytesMax());
  }

  @Test
  void boundsRemoteReadOfTimestreamByTheHeap() {
    assertThat(RoomOptions.readOfTimestream(384L << 20).plan()).isEqualTo(ReadPlan.grouped());
    assertThat(RoomOptions.readOfTimestream(384L << 20).memoryBytesMax()).isEqualTo(128L << 20);
    assertThat(RoomOptions.readOfTimestream(96L << 20).memoryBytesMax()).isEqualTo(64L << 20);
  }

  @Test
  void handsTheServerItsSettings() {
    TlsFiles tls = new TlsFiles(Path.of("a.crt"), Path.of("a.key"));
    ServerOptions options =
        RoomOptions.server(
            new ServeSettings.Web(
                new ListenAddress("::1", 80),
                "/own",
                Optional.of(Path.of("web.yml")),
                Set.of("weir.lan"),
                Optional.of(tls),
                Set.of(Door.PROMETHEUS),
                Optional.of(Path.of("callers.ini")),
                new ConsoleOptions(
                    Optional.of(Path.of("users.yaml")), Set.of("https://console.example"))),
            false);
    assertThat(options.console().users()).contains(Path.of("users.yaml"));
    assertThat(options.console().origins()).containsExactly("https://console.example");
    assertThat(options.timestreamCredentials()).contains(Path.of("callers.ini"));
    assertThat(options.listen()).hasToString("[::1]:80");
    assertThat(options.telemetryPath()).isEqualTo("/own");
    assertThat(options.webConfig()).contains(Path.of("web.yml"));
    assertThat(options.allowedHosts()).containsExactly("weir.lan");
    assertThat(options.tls()).contains(tls);
    assertThat(options.doors()).containsExactly(Door.PROMETHEUS);
    assertThat(options.requestCredentials()).isFalse();
  }
}
