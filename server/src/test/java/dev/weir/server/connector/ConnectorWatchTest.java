// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.api.connector.ConnectorFigures;
import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.Door;
import dev.weir.server.ServerOptions;
import dev.weir.server.metrics.StoreFigures;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import dev.weir.store.kit.ManualClock;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectorWatchTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00Z"));
  private final WeirMetrics metrics = new WeirMetrics("test");
  private final Writers writers = new Writers(clock);

  @Test
  void tellsWhatWasCounted() {
    metrics.watchStore(() -> new StoreFigures(7, 100, 20, 3));
    metrics.samplesStored(1_000, 0);
    metrics.samplesRejected("too_old", 5);
    metrics.requestFinished("/write", 204, 1_000, 10, 0);

    ConnectorFigures figures = figures(ServerOptions.on("127.0.0.1:0"), true);

    assertThat(figures.stored()).isEqualTo(1_000);
    assertThat(figures.rejected()).containsExactly(new ConnectorFigures.Rejected("too_old", 5));
    assertThat(figures.requests())
        .containsExactly(new ConnectorFigures.Requests("/write", "204", 1));
    assertThat(figures.series()).isEqualTo(7);
    assertThat(figures.storeBytes()).isEqualTo(120);
    assertThat(figures.queuedPoints()).isEqualTo(3);
    assertThat(figures.ready()).isFalse();
    assertThat(figures.message()).isEqualTo("disk full");
    assertThat(figures.upstream()).isNull();
    assertThat(figures.doors()).extracting(ConnectorFigures.Door::what).contains("Remote write");
    assertThat(figures.prometheusYaml())
        .contains("  - url: {base}/api/v1/write\n", "    read_recent: true\n");
  }

  @Test
  void tellsHowTimestreamAnswers() {
    metrics.upstreamAttempted("write", "done", 40_000_000);
    metrics.upstreamAttempted("write", "throttled", 1_000_000);
    metrics.upstreamAttempted("read", "refused", 1_000_000);
    metrics.timestreamBilled(17);

    ConnectorFigures.Upstream upstream = figures(ServerOptions.on("127.0.0.1:0"), false).upstream();

    assertThat(upstream).isNotNull();
    assertThat(upstream.calls()).isEqualTo(3);
    assertThat(upstream.throttled()).isEqualTo(1);
    assertThat(upstream.failed()).isEqualTo(1);
    assertThat(upstream.p95Seconds()).hasValue(0.05);
    assertThat(upstream.billedKib()).isEqualTo(17);
  }

  @Test
  void saysHowToOpenThePrometheusDoor() {
    ServerOptions options = ServerOptions.on("127.0.0.1:0").withDoors(Set.of(Door.CONSOLE));

    assertThat(figures(options, true).prometheusYaml()).contains("--doors=prometheus,console");
    assertThat(figures(options, true).doors()).isEmpty();
  }

  @Test
  void remembersWhoWroteForAnHour() {
    Handler write =
        writers.hearing(request -> Response.empty(request.query().isEmpty() ? 204 : 400));
    write.handle(request("10.0.0.7", "Prometheus/3.1", "", 100));
    write.handle(request("10.0.0.7", "Prometheus/3.1", "", 50));
    write.handle(request("10.0.0.8", "x".repeat(500), "", 999));
    write.handle(request("10.0.0.9", "bad", "refused", 1));

    assertThat(writers.all())
        .extracting(
            ConnectorFigures.Writer::address,
            ConnectorFigures.Writer::requests,
            ConnectorFigures.Writer::bytes)
        .containsExactly(tuple("10.0.0.8", 1L, 999L), tuple("10.0.0.7", 2L, 150L));
    assertThat(writers.all().getFirst().userAgent()).hasSize(Writers.AGENT_MAX);

    clock.advance(Writers.REMEMBERED.plusSeconds(1));
    assertThat(writers.all()).isEmpty();
  }

  @Test
  void remembersNoMoreWritersThanItShould() {
    Handler write = writers.hearing(_ -> Response.empty(204));
    for (int i = 0; i < Writers.WRITERS_MAX + 20; i++) {
      clock.advance(Duration.ofSeconds(1));
      write.handle(request("10.0.1." + i, "p", "", 1));
    }
    assertThat(writers.all())
        .hasSize(Writers.WRITERS_MAX)
        .extracting(ConnectorFigures.Writer::address)
        .contains("10.0.1.119")
        .doesNotContain("10.0.1.19");
  }

  @Test
  void listsOthersAndSaysHowOftenWeirItselfWrites() {
    assertThat(figures(ServerOptions.on("127.0.0.1:0"), true).ownEvery()).isNull();
    writers.writesItself(Duration.ofSeconds(15));

    ConnectorFigures figures = figures(ServerOptions.on("127.0.0.1:0"), true);

    assertThat(figures.ownEvery()).isEqualTo(Duration.ofSeconds(15));
    assertThat(figures.writers()).isEmpty();
  }

  @Test
  void drawsALineOfWhatComesEvery15Seconds() {
    try (SampleHistory history = new SampleHistory(metrics::storedSamples, clock)) {
      for (int look = 0; look < 30; look++) {
        if (look % 3 == 0) {
          metrics.samplesStored(600, 0);
        }
        clock.advance(SampleHistory.EVERY);
        history.look();
      }
      assertThat(history.perSecond()).hasSize(SampleHistory.SPANS);
      assertThat(history.perSecond().subList(0, 30)).containsOnlyNulls();
      assertThat(history.perSecond().get(30)).isEqualTo(120.0);
      assertThat(history.perSecond().subList(41, 60)).containsOnly(40.0);
    }
  }

  @Test
  void forgetsAMinuteAfterTheLastSample() {
    try (SampleHistory history = new SampleHistory(metrics::storedSamples, clock)) {
      metrics.samplesStored(600, 0);
      for (int look = 0; look < 13; look++) {
        clock.advance(SampleHistory.EVERY);
        history.look();
      }
      assertThat(history.perSecond()).endsWith(10.0, 0.0);
    }
  }

  private ConnectorFigures figures(ServerOptions options, boolean embedded) {
    StoreHealth health = () -> new StoreHealth.Health(false, "disk full");
    try (ConnectorWatch watch =
        ConnectorWatch.start(options, health, embedded, metrics, writers, clock)) {
      return watch.figures();
    }
  }

  private static Request request(String sender, String agent, String query, long bytes) {
    return new Request(
        "POST",
        "/write",
        query,
        Headers.of("User-Agent", agent),
        bytes,
        InputStream.nullInputStream(),
        sender);
  }
}
