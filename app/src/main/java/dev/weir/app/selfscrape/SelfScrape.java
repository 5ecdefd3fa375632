// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.selfscrape;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.server.metrics.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Weir's own metrics into its own store. A scrape that fails is logged once and tried again
 * at the next interval: there is no queue, as Prometheus has none for a missed scrape.
 */
public final class SelfScrape implements AutoCloseable {

  /** As the contract says. */
  public static final Duration INTERVAL = Duration.ofSeconds(15);

  private static final String JOB = "weir";
  private static final int STATUS_NO_CONTENT = 204;
  private static final int MESSAGE_CHARS_MAX = 500;
  private static final Logger LOG = LoggerFactory.getLogger(SelfScrape.class);

  private final Supplier<List<Sample>> metrics;
  private final Handler remoteWrite;
  private final String instance;
  private final InstantSource clock;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("self-scrape").factory());

  private boolean failing;

  /**
   * Prepares it; {@link #start} sets it going.
   *
   * @param instance the listen address
   */
  public SelfScrape(
      Supplier<List<Sample>> metrics, Handler remoteWrite, String instance, InstantSource clock) {
    this.metrics = metrics;
    this.remoteWrite = remoteWrite;
    this.instance = instance;
    this.clock = clock;
  }

  /** Scrapes at once and then at every interval. */
  public void start() {
    scheduler.scheduleAtFixedRate(this::scrape, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One scrape; never throws. */
  void scrape() {
    String failure;
    try {
      failure = failure(remoteWrite.handle(request()));
    } catch (RuntimeException | IOException e) {
      failure = e.toString();
    }
    if (failure.isEmpty() && failing) {
      LOG.info("Self-scrape works again");
    } else if (!failure.isEmpty() && !failing) {
      LOG.atWarn().addKeyValue("answer", failure).log("Self-scrape failed; it is tried again");
    }
    failing = !failure.isEmpty();
  }

  /** Waits for a running scrape, no longer than a moment, and starts no other. */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
        scheduler.shutdownNow();
      }
    } catch (InterruptedException _) {
      scheduler.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private Request request() {
    long startNanos = System.nanoTime();
    long epochMillis = clock.instant().toEpochMilli();
    WriteRequestEncoder encoder = new WriteRequestEncoder();
    List<Sample> samples = metrics.get();
    samples.forEach(sample -> add(encoder, epochMillis, sample));
    // What Prometheus adds to each target that it scrapes.
    add(encoder, epochMillis, "scrape_samples_scraped", samples.size());
    add(encoder, epochMillis, "up", 1);
    double seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    add(encoder, epochMillis, "scrape_duration_seconds", seconds);
    byte[] body = encoder.body();
    return new Request(
        "POST",
        "/write",
        "",
        Headers.of("Content-Type", "application/x-protobuf", "Content-Encoding", "snappy"),
        body.length,
        new ByteArrayInputStream(body));
  }

  private void add(WriteRequestEncoder encoder, long epochMillis, String name, double value) {
    add(encoder, epochMillis, new Sample(name, new TreeMap<>(), value));
  }

  private void add(WriteRequestEncoder encoder, long epochMillis, Sample sample) {
    TreeMap<String, String> labels = new TreeMap<>(sample.labels());
    labels.put("__name__", sample.name());
    labels.put("instance", instance);
    labels.put("job", JOB);
    encoder.series(labels).sample(epochMillis, sample.value());
  }

  /** What went wrong, or an empty string. */
  private static String failure(Response response) throws IOException {
    if (response.status() == STATUS_NO_CONTENT) {
      return "";
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    response.body().writeTo(text);
    String line = response.status() + " " + text.toString(StandardCharsets.UTF_8).strip();
    return line.substring(0, Math.min(line.length(), MESSAGE_CHARS_MAX));
  }
}
