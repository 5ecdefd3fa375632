// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.PointWriter;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A past for the demonstration sites: what checks would have found, by what the sites do at each
 * moment. It is made up, and the demonstration says so.
 */
final class DemoPast {

  private static final Duration STEP = Duration.ofMinutes(5);
  private static final Duration WRITE_MAX = Duration.ofMinutes(1);
  private static final int BATCH = 2_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long TIMEOUT_MILLIS = 3_000;

  private final PointWriter writer;
  private final TableName table;
  private final InstantSource clock;
  private final List<Point> waiting = new ArrayList<>();

  DemoPast(PointWriter writer, TableName table, InstantSource clock) {
    this.writer = writer;
    this.table = table;
    this.clock = clock;
  }

  /**
   * Writes what a site gave from one moment (inclusive) to another (exclusive).
   *
   * @return how many runs
   */
  int write(Site site, DemoSite demo, String region, Instant from, Instant to) {
    int runs = 0;
    for (Instant moment = from; moment.isBefore(to); moment = moment.plus(STEP)) {
      SlotResult result =
          new SlotResult(new Slot(site, region, moment), moment, run(site, demo, moment));
      waiting.addAll(RecordLayout.CHECK.points(result));
      runs++;
      if (waiting.size() >= BATCH) {
        flush();
      }
    }
    flush();
    return runs;
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      writer.write(table, PointBatch.of(waiting), clock.instant().plus(WRITE_MAX));
      waiting.clear();
    }
  }

  private static Run run(Site site, DemoSite demo, Instant moment) {
    Behaviour.Answer answer = demo.behaviour().at(moment);
    Failure failure = failure(site, answer);
    boolean encrypted = demo.listener().encrypted();
    boolean silent = answer.fault() == ErrorClass.TIMEOUT;
    long waited = silent ? TIMEOUT_MILLIS : answer.delayMillis();
    Phases phases =
        answer.fault() == ErrorClass.CONNECT_REFUSED
            ? new Phases(0, 90_000, -1, -1, -1, -1)
            : new Phases(
                60_000,
                110_000,
                encrypted ? 3_400_000 : Phases.NOT_REACHED,
                40_000,
                waited * NANOS_PER_MILLI + 300_000,
                70_000);
    Hop hop =
        new Hop(
            site.endpoint(),
            phases,
            new Peer("127.0.0.1", null, encrypted ? "TLSv1.3" : null, null, null),
            status(demo, answer),
            null);
    Measurement measurement =
        new Measurement(phases.totalNanos(), List.of(hop), null, failedRequest(failure));
    return new Run(List.of(measurement, measurement), 1, failure, false);
  }

  /** An expectation of the run as a whole leaves its requests as they are. */
  private static @Nullable Failure failedRequest(@Nullable Failure failure) {
    return failure != null && failure.errorClass() == ErrorClass.LATENCY ? null : failure;
  }

  private static @Nullable Integer status(DemoSite demo, Behaviour.Answer answer) {
    return switch (answer.fault()) {
      case STATUS -> 503;
      case NONE, BODY_MISMATCH, TRUNCATED_BODY ->
          demo.listener().scheme().startsWith("http") ? 200 : null;
      default -> null;
    };
  }

  private static @Nullable Failure failure(Site site, Behaviour.Answer answer) {
    Optional<Duration> limit = site.expectations().latency().map(Expectations.LatencyRule::limit);
    if (answer.well() && limit.isPresent() && answer.delayMillis() > limit.get().toMillis()) {
      return new Failure(
          ErrorClass.LATENCY,
          "the average of %d ms is over %d ms"
              .formatted(answer.delayMillis(), limit.get().toMillis()),
          "latency");
    }
    return answer.well()
        ? null
        : new Failure(
            answer.fault(),
            switch (answer.fault()) {
              case STATUS -> "status 503 is none of 200-299";
              case TLS_EXPIRED -> "the certificate has expired";
              case TLS_HOSTNAME -> "the certificate is for elsewhere.example, not localhost";
              case CONNECT_REFUSED -> "nobody listens at this port";
              case BODY_MISMATCH -> "the body does not contain 'Welcome'";
              case TRUNCATED_BODY -> "the body ended before the length that was announced";
              default -> "no answer within 3 s";
            });
  }
}
