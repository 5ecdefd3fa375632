// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.selfscrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.metrics.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class SelfScrapeTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(1_795_292_172_000L));

  private static final List<Sample> SAMPLES =
      List.of(new Sample("depth", new TreeMap<>(Map.of("gate", "east")), 3));

  private final List<Request> requests = new ArrayList<>();

  @Test
  void writesItsSamplesAsTheTargetWeir() throws IOException {
    try (SelfScrape scrape = scrape()) {
      scrape.scrape();
    }
    Request request = requests.getFirst();
    assertThat(request.method() + request.path()).isEqualTo("POST/write");
    String body =
        new String(Snappy.uncompress(request.body().readAllBytes()), StandardCharsets.ISO_8859_1);
    assertThat(body)
        .contains("depth", "gate", "east", "instance", "127.0.0.1:9201", "job", "weir")
        .contains("up", "scrape_duration_seconds", "scrape_samples_scraped");
  }

  @Test
  void survivesAFailingStore() {
    try (SelfScrape scrape =
        new SelfScrape(
            () -> SAMPLES,
            request -> {
              requests.add(request);
              if (requests.size() == 1) {
                throw new IllegalStateException("closed");
              }
              return Response.text(503, "the disk is full");
            },
            "127.0.0.1:9201",
            CLOCK)) {
      scrape.scrape();
      scrape.scrape();
      assertThat(requests).hasSize(2);
    }
  }

  @Test
  void scrapesAsSoonAsItIsStarted() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    try (SelfScrape scrape =
        new SelfScrape(
            () -> SAMPLES,
            _ -> {
              first.countDown();
              return Response.empty(204);
            },
            "127.0.0.1:9201",
            CLOCK)) {
      scrape.start();
      first.await();
    }
  }

  private SelfScrape scrape() {
    return new SelfScrape(
        () -> SAMPLES,
        request -> {
          requests.add(request);
          return Response.empty(204);
        },
        "127.0.0.1:9201",
        CLOCK);
  }
}
