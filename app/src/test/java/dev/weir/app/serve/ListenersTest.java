// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.prometheus.read.ReadReport;
import dev.weir.prometheus.write.Reason;
import dev.weir.prometheus.write.WriteReport;
import dev.weir.server.metrics.Sample;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.timestream.call.UpstreamListener.Ending;
import dev.weir.store.timestream.call.UpstreamListener.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the rooms tell becomes what an operator can count. */
class ListenersTest {

  private final WeirMetrics metrics = new WeirMetrics("test");

  @Test
  void countsWhatRemoteWriteReports() {
    WriteMetrics listener = WriteMetrics.of(metrics);
    listener.answered(
        new WriteReport(
            400,
            100,
            400,
            3,
            10,
            6,
            2,
            Map.of(Reason.TOO_OLD, 3),
            Map.of(Reason.LONG_NAME, 1),
            0,
            0,
            0,
            Duration.ofMillis(20)));
    listener.answered(report(204));
    listener.answered(report(503));
    listener.answered(report(429));
    assertThat(value("weir_samples_received_total")).isEqualTo(10);
    assertThat(value("weir_samples_stored_total")).isEqualTo(4);
    assertThat(value("weir_samples_repeated_total")).isEqualTo(2);
    assertThat(value("weir_samples_rejected_total", "reason", "too_old")).isEqualTo(3);
    assertThat(value("weir_samples_rejected_total", "reason", "long_name")).isEqualTo(1);
    assertThat(value("timestream_connector_ignored_samples_total")).isEqualTo(4);
    assertThat(value("timestream_connector_write_requests_total")).isEqualTo(1);
    assertThat(value("weir_writes_total", "outcome", "refused")).isEqualTo(1);
    assertThat(value("weir_writes_total", "outcome", "stored")).isEqualTo(1);
    assertThat(value("weir_writes_total", "outcome", "try_again")).isEqualTo(2);
  }

  @Test
  void countsWhatRemoteReadReports() {
    ReadMetrics listener = ReadMetrics.of(metrics);
    listener.answered(new ReadReport(200, true, false, 1, 2, 300, 3, Duration.ofMillis(5)));
    listener.answered(new ReadReport(200, true, true, 1, 2, 30, 1, Duration.ofMillis(5)));
    listener.answered(new ReadReport(400, false, false, 0, 0, 0, 0, Duration.ofMillis(1)));
    assertThat(value("weir_reads_total", "outcome", "answered")).isEqualTo(1);
    assertThat(value("weir_reads_total", "outcome", "cut_off")).isEqualTo(1);
    assertThat(value("weir_reads_total", "outcome", "refused")).isEqualTo(1);
    assertThat(value("weir_read_samples_total")).isEqualTo(330);
    assertThat(value("timestream_connector_read_requests_total")).isEqualTo(4);
    assertThat(value("timestream_connector_read_duration_seconds_count")).isEqualTo(1);
  }

  /** As the AWS connector: one per WriteRecords call, failures included; one per result page. */
  @Test
  void countsEachCallOfTimestreamOnceAndNoRequestBesides() {
    UpstreamMetrics upstream =
        new UpstreamMetrics(metrics, new UpstreamWarnings(() -> Instant.EPOCH));
    upstream.attempted(Side.WRITE, Ending.THROTTLED, Duration.ofMillis(20));
    upstream.attempted(Side.WRITE, Ending.DONE, Duration.ofMillis(30));
    upstream.attempted(Side.READ, Ending.FAILED, Duration.ofMillis(40));
    upstream.attempted(Side.READ, Ending.DONE, Duration.ofMillis(50));
    upstream.attempted(Side.READ, Ending.DONE, Duration.ofMillis(60));
    upstream.billed(9);
    upstream.writeLimit(16);
    WriteMetrics.beside(upstream)
        .answered(
            new WriteReport(
                204, 1, 1, 3, 10, 10, 0, Map.of(), Map.of(), 0, 0, 0, Duration.ofMillis(70)));
    ReadMetrics.beside(upstream)
        .answered(new ReadReport(200, true, false, 1, 2, 300, 3, Duration.ofMillis(5)));
    assertThat(value("timestream_connector_write_requests_total")).isEqualTo(2);
    assertThat(value("timestream_connector_write_duration_seconds_count")).isEqualTo(2);
    assertThat(value("timestream_connector_write_duration_seconds_sum")).isEqualTo(0.05);
    assertThat(value("timestream_connector_read_requests_total")).isEqualTo(2);
    assertThat(value("timestream_connector_read_duration_seconds_count")).isEqualTo(1);
    assertThat(value("timestream_connector_received_samples_total")).isEqualTo(10);
    assertThat(value("weir_upstream_attempts_total", "ending", "throttled")).isEqualTo(1);
    assertThat(value("weir_upstream_attempt_duration_seconds_count", "side", "read")).isEqualTo(3);
    assertThat(value("weir_timestream_billed_kib_total")).isEqualTo(9);
    assertThat(value("weir_timestream_write_limit")).isEqualTo(16);
  }

  @Test
  void countsWhatTheStoreTells() {
    EngineMetrics listener = new EngineMetrics(metrics, () -> Instant.EPOCH);
    listener.committed(2_000_000, 500, 0);
    listener.commitFailed("no space");
    listener.sealed(1_000_000_000, 1_000);
    listener.sealFailed("no space");
    listener.dropped(2, 70);
    listener.reopened();
    assertThat(value("weir_store_committed_points_total")).isEqualTo(500);
    assertThat(value("weir_store_commit_duration_seconds_sum")).isEqualTo(0.002);
    assertThat(value("weir_store_commit_failures_total")).isEqualTo(1);
    assertThat(value("weir_store_sealed_points_total")).isEqualTo(1_000);
    assertThat(value("weir_store_seal_failures_total")).isEqualTo(1);
    assertThat(value("weir_store_dropped_points_total")).isEqualTo(70);
    assertThat(value("weir_store_reopens_total")).isEqualTo(1);
  }

  private static WriteReport report(int status) {
    return new WriteReport(status, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, Duration.ZERO);
  }

  private double value(String name, String... label) {
    return metrics.samples().stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> label.length == 0 || label[1].equals(sample.labels().get(label[0])))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElseThrow();
  }
}
