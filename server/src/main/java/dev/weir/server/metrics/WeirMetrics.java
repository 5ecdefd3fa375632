// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import dev.weir.exchange.Handler;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Everything that Weir counts. Plain methods, so that who calls needs no metrics library.
 * Thread-safe; each call costs some tens of nanoseconds.
 *
 * <p>The six {@code timestream_connector_*} names are those of the AWS connector, with its
 * meanings, so that existing dashboards and alerts go on working.
 */
public final class WeirMetrics {

  private static final double NANOS = 1e-9;

  /** From the fastest answer to a read of months. */
  private static final double[] REQUEST_SECONDS = {
    .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
  };

  /** From 256 bytes to the body limit of 32 MiB. */
  private static final double[] SIZE_BYTES = {
    1 << 8, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 17, 1 << 18, 1 << 20, 1 << 22, 1 << 25
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Counter connectorReceived =
      counter(
          "timestream_connector_received_samples_total", "Samples that arrived by remote write.");
  private final Counter connectorIgnored =
      counter(
          "timestream_connector_ignored_samples_total",
          "Samples that arrived and were not stored.");
  private final Counter connectorWrites =
      counter(
          "timestream_connector_write_requests_total",
          "Calls of the store to write, failures included.");
  private final Counter connectorReads =
      counter("timestream_connector_read_requests_total", "Result pages read from the store.");
  private final Histogram connectorWriteSeconds =
      histogram(
          "timestream_connector_write_duration_seconds",
          "Time of one call of the store to write.",
          Histogram.Builder.DEFAULT_CLASSIC_UPPER_BOUNDS);
  private final Histogram connectorReadSeconds =
      histogram(
          "timestream_connector_read_duration_seconds",
          "Time of one remote read that succeeded.",
          Histogram.Builder.DEFAULT_CLASSIC_UPPER_BOUNDS);

  private final Counter requests =
      counter(
          "weir_http_requests_total",
          "HTTP requests by path, outcome and status.",
          "path",
          "outcome",
          "status");
  private final Histogram requestSeconds =
      histogram(
          "weir_http_request_duration_seconds",
          "Time from the request's head to the answer's last byte.",
          REQUEST_SECONDS,
          "path");
  private final Histogram requestBytes =
      histogram(
          "weir_http_request_size_bytes", "Bytes of request bodies as sent.", SIZE_BYTES, "path");
  private final Counter responseBytes =
      counter("weir_http_response_bytes_total", "Bytes of answers' bodies.", "path");

  private final Counter received =
      counter("weir_samples_received_total", "Samples that arrived by remote write.");
  private final Counter stored =
      counter("weir_samples_stored_total", "Samples that the store acknowledged.");
  private final Counter repeated =
      counter("weir_samples_repeated_total", "Samples that were stored already, with equal value.");
  private final Counter rejected =
      counter("weir_samples_rejected_total", "Samples that were not stored, by reason.", "reason");
  private final Counter writes =
      counter("weir_writes_total", "Remote write requests by outcome.", "outcome");
  private final Counter reads =
      counter("weir_reads_total", "Remote read requests by outcome.", "outcome");
  private final Counter readSamples =
      counter("weir_read_samples_total", "Samples sent by remote read.");
  private final Histogram readSeconds =
      histogram("weir_read_duration_seconds", "Time of one remote read.", REQUEST_SECONDS);
  private final Counter wireCalls =
      counter(
          "weir_timestream_requests_total",
          "Calls of the Timestream wire API by operation and error.",
          "operation",
          "error");
  private final Histogram wireSeconds =
      histogram(
          "weir_timestream_request_duration_seconds",
          "Time of one call of the Timestream wire API.",
          REQUEST_SECONDS,
          "operation");
  private final Histogram commitSeconds =
      histogram(
          "weir_store_commit_duration_seconds",
          "Time of one group commit until it is durable.",
          REQUEST_SECONDS);
  private final Counter commitPoints =
      counter("weir_store_committed_points_total", "Points in group commits.");

  private final Counter commitFailures =
      counter(
          "weir_store_commit_failures_total",
          "Group commits that could not be made durable and were undone.");
  private final Counter sealedPoints =
      counter("weir_store_sealed_points_total", "Points moved from memory into the file.");
  private final Histogram sealSeconds =
      histogram("weir_store_seal_duration_seconds", "Time of one seal.", REQUEST_SECONDS);
  private final Counter sealFailures =
      counter("weir_store_seal_failures_total", "Seals that failed and are tried again.");
  private final Counter droppedPoints =
      counter("weir_store_dropped_points_total", "Points dropped for being over the retention.");
  private final Counter reopens =
      counter("weir_store_reopens_total", "Times that the engine was opened again after a fault.");

  private final Counter upstreamAttempts =
      counter(
          "weir_upstream_attempts_total",
          "Attempts at calls of Timestream by side and ending.",
          "side",
          "ending");
  private final Histogram upstreamSeconds =
      histogram(
          "weir_upstream_attempt_duration_seconds",
          "Time of one attempt at a call of Timestream.",
          REQUEST_SECONDS,
          "side");
  private final Counter billedKib =
      counter(
          "weir_timestream_billed_kib_total",
          "KiB that Timestream meters for what was written, by its published formula.");
  private final AtomicInteger writeLimit = new AtomicInteger();

  private final LongAdder answered = new LongAdder();
  private final String version;
  private volatile Supplier<StoreFigures> store = () -> StoreFigures.EMPTY;

  public WeirMetrics(String version) {
    this.version = version;
    Info.builder()
        .name("weir_build_info")
        .help("This Weir.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
    gauge("weir_store_series", "Series in the store.", () -> store.get().series());
    gauge("weir_store_queue_depth", "Points that wait for a commit.", () -> queuedPoints());
    gauge("weir_store_data_bytes", "Bytes of sealed data.", () -> store.get().storedBytes());
    gauge("weir_store_log_bytes", "Bytes of the write-ahead log.", () -> store.get().logBytes());
    gauge(
        "weir_timestream_write_limit",
        "Calls of WriteRecords that may be at work at once, as last adapted.",
        writeLimit::get);
    JvmMetrics.builder().register(registry);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  /** Says where the store's figures come from; asked at each scrape, so it must be quick. */
  public void watchStore(Supplier<StoreFigures> figures) {
    store = figures;
  }

  /** Adds a gauge that is asked at each scrape; the name tells its unit. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** A request went through the server; status 0 stands for a connection that was cut. */
  public void requestFinished(String path, int status, long nanos, long bytesIn, long bytesOut) {
    requests
        .labelValues(path, outcome(status), status == 0 ? "none" : Integer.toString(status))
        .inc();
    requestSeconds.labelValues(path).observe(nanos * NANOS);
    requestBytes.labelValues(path).observe(bytesIn);
    answered.increment();
    responseBytes.labelValues(path).inc(bytesOut);
  }

  /** Samples arrived, decoded. */
  public void samplesReceived(long count) {
    received.inc(count);
    connectorReceived.inc(count);
  }

  /** The store acknowledged samples; of these, some it had already. */
  public void samplesStored(long count, long ofThemRepeated) {
    stored.inc(count - ofThemRepeated);
    repeated.inc(ofThemRepeated);
  }

  /** Samples were not stored. The reason comes from a closed set. */
  public void samplesRejected(String reason, long count) {
    rejected.labelValues(reason).inc(count);
    connectorIgnored.inc(count);
  }

  /** One call of the store to write ended, well or not. */
  public void storeWritten(long nanos) {
    connectorWrites.inc();
    connectorWriteSeconds.observe(nanos * NANOS);
  }

  /** One remote write request was answered. The outcome comes from a closed set. */
  public void writeFinished(String outcome) {
    writes.labelValues(outcome).inc();
  }

  /** One result page came from the store. */
  public void pageRead() {
    connectorReads.inc();
  }

  /** One remote read request was answered, or broke off. */
  public void readFinished(String outcome, boolean success, long samples, long nanos) {
    reads.labelValues(outcome).inc();
    readSamples.inc(samples);
    readSeconds.observe(nanos * NANOS);
    if (success) {
      connectorReadSeconds.observe(nanos * NANOS);
    }
  }

  /** One call of the Timestream wire API was answered. Both names come from closed sets. */
  public void wireCallFinished(String operation, String error, long nanos) {
    wireCalls.labelValues(operation, error).inc();
    wireSeconds.labelValues(operation).observe(nanos * NANOS);
  }

  /** The store made a group of batches durable. */
  public void committed(long points, long nanos) {
    commitSeconds.observe(nanos * NANOS);
    commitPoints.inc(points);
  }

  /** The store could not make a group of batches durable. */
  public void commitFailed() {
    commitFailures.inc();
  }

  /** The store moved points from memory into its file. */
  public void sealed(long points, long nanos) {
    sealSeconds.observe(nanos * NANOS);
    sealedPoints.inc(points);
  }

  /** The store could not move points into its file. */
  public void sealFailed() {
    sealFailures.inc();
  }

  /** The store dropped points that were over their retention. */
  public void dropped(long points) {
    droppedPoints.inc(points);
  }

  /** The store's engine was opened again after a fault. */
  public void reopened() {
    reopens.inc();
  }

  /** An attempt at a call of Timestream ended. Both names come from closed sets. */
  public void upstreamAttempted(String side, String ending, long nanos) {
    upstreamAttempts.labelValues(side, ending).inc();
    upstreamSeconds.labelValues(side).observe(nanos * NANOS);
  }

  /** Timestream meters so many KiB for a call that it has taken. */
  public void timestreamBilled(long kib) {
    billedKib.inc(kib);
  }

  /** The most calls of WriteRecords at work at once has changed. */
  public void timestreamWriteLimit(int calls) {
    writeLimit.set(calls);
  }

  /** This Weir's version. */
  public String version() {
    return version;
  }

  /** Samples stored since the start. */
  public long storedSamples() {
    return stored.getLongValue();
  }

  /** Samples that were not stored since the start. */
  public long rejectedSamples() {
    return connectorIgnored.getLongValue();
  }

  /** Requests that went through the server since the start. */
  public long answeredRequests() {
    return answered.sum();
  }

  /** The store's figures as of now. */
  public StoreFigures storeFigures() {
    return store.get();
  }

  /** All values as a scrape would see them, for the scrape of ourselves. */
  public List<Sample> samples() {
    return Samples.of(registry.scrape());
  }

  /** Answers scrapes: text, OpenMetrics and gzip, by what is accepted. */
  public Handler scrapeHandler() {
    return new ScrapeHandler(registry);
  }

  private long queuedPoints() {
    return store.get().queuedPoints();
  }

  private static String outcome(int status) {
    return switch (status / 100) {
      case 0 -> "cut_off";
      case 2, 3 -> "success";
      case 4 -> "refused";
      default -> "failed";
    };
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }
}
