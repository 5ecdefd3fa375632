// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Response;
import dev.weir.prometheus.read.ReadListener;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.prometheus.write.RemoteWriteOptions;
import dev.weir.prometheus.write.WriteListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTripTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final long T = NOW.toEpochMilli() - 60_000;

  private final MemoryStore store = new MemoryStore(NOW);
  private final RemoteWrite write =
      new RemoteWrite(
          MemoryStore.TABLE,
          RemoteWriteOptions.defaults(),
          WriteListener.NONE,
          InstantSource.fixed(NOW));
  private final Handler read =
      new RemoteRead(
              MemoryStore.TABLE,
              RemoteReadOptions.defaults(),
              ReadListener.NONE,
              InstantSource.fixed(NOW))
          .over(store, store);

  @Test
  void bringsBackWhatWasWritten() {
    byte[] body =
        new WriteRequestEncoder()
            .series("__name__", "up", "job", "a", "instance", "h:1")
            .sample(T, 1)
            .sample(T + 15_000, Double.NaN)
            .series("__name__", "up", "job", "b")
            .sample(T, 0.1)
            .body();
    assertThat(Remote.send(write.over(store), body).status()).isEqualTo(204);

    Response answer =
        Remote.send(read, Remote.read(T, T + 15_000, new Remote.Matcher(0, "__name__", "up")));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(Remote.results(answer))
        .isEqualTo(
            List.of(
                List.of(
                    new Remote.Series(
                        Map.of("__name__", "up", "instance", "h:1", "job", "a"),
                        List.of(Remote.Sample.of(T, 1), Remote.Sample.of(T + 15_000, Double.NaN))),
                    new Remote.Series(
                        Map.of("__name__", "up", "job", "b"), List.of(Remote.Sample.of(T, 0.1))))));
  }
}
