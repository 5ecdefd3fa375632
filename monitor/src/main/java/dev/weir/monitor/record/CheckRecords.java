// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import static java.util.Objects.requireNonNull;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A result as one record: measure name {@code check}, at the slot's intended start. What is not
 * known is left out. docs/data-model.md says what each measure means; this is where it comes from.
 */
final class CheckRecords {

  static final String MEASURE_NAME = "check";

  /** Of the text of an expectation; the rest of the record's room belongs to the message. */
  static final int EXPECTATION_BYTES_MAX = 256;

  /**
   * Of a record that says a slot was missed, which a run of the slot replaces whenever it comes.
   */
  static final long VERSION_OF_A_MISS = 1;

  /** Of a run's record. What says afterwards that the slot was missed is refused as a conflict. */
  static final long VERSION_OF_A_RUN = 2;

  private static final int ADDRESS_BYTES_MAX = 64;
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Measure.Named> values = new ArrayList<>();

  private CheckRecords() {}

  static Point point(SlotResult result) {
    Series series = series(MEASURE_NAME, result.slot());
    CheckRecords record = new CheckRecords();
    String message =
        result.run() == null
            ? record.missed(result, requireNonNull(result.miss()))
            : record.ran(result, result.run());
    int room = RecordSize.BYTES_MAX - RecordSize.of(series);
    for (Measure.Named value : record.values) {
      room -= RecordSize.of(value);
    }
    record.text("error_message", message, room - RecordSize.bytes("error_message"));
    return new Point(
        series,
        epochNanos(result.slot()),
        new Measure.OfMulti(record.values),
        result.run() == null ? VERSION_OF_A_MISS : VERSION_OF_A_RUN);
  }

  static Series series(String measureName, Slot slot) {
    return Series.of(
        measureName,
        List.of(
            new Dimension("siteId", slot.site().key().id()),
            new Dimension("region", slot.region())));
  }

  static long epochNanos(Slot slot) {
    Instant start = slot.intendedStart();
    return Math.addExact(
        Math.multiplyExact(start.getEpochSecond(), 1_000_000_000L), start.getNano());
  }

  /** The request whose outcome is the run's: where it failed the one that failed so. */
  static Measurement decisive(Run run) {
    if (run.failure() != null) {
      for (Measurement each : run.measurements()) {
        if (Objects.equals(each.failure(), run.failure())) {
          return each;
        }
      }
    }
    return run.measurements().getLast();
  }

  /** The mean latency of the requests that succeeded, in seconds; empty where none did. */
  static Optional<Double> latency(Run run) {
    long[] nanos = run.latenciesNanos();
    return nanos.length == 0 ? Optional.empty() : Optional.of(seconds(mean(nanos)));
  }

  private String missed(SlotResult result, Miss miss) {
    bigint("requests", 0);
    bigint("failed_requests", 0);
    bigint("attempts", 0);
    number("schedule_lag", seconds(result.lag().toNanos()));
    return miss.slots() == 1
        ? "this slot was missed: " + miss.reason().sentence()
        : "%d slots were missed up to this one: %s"
            .formatted(miss.slots(), miss.reason().sentence());
  }

  private String ran(SlotResult result, Run run) {
    bool("endpoint_up", run.up());
    long[] nanos = run.latenciesNanos();
    if (nanos.length > 0) {
      number("latency", seconds(mean(nanos)));
      number("latency_min", seconds(nanos[0]));
      number("latency_max", seconds(nanos[nanos.length - 1]));
      number("latency_p50", seconds(percentile(nanos, 50)));
      number("latency_p95", seconds(percentile(nanos, 95)));
    }
    Measurement decisive = decisive(run);
    if (decisive.last().status() != null) {
      bigint("status_code", decisive.last().status());
    }
    phases(run);
    Failure failure = run.failure();
    text(
        "error_class",
        (failure == null ? ErrorClass.NONE : failure.errorClass()).spelling(),
        ADDRESS_BYTES_MAX);
    if (failure != null && failure.expectation() != null) {
      text("failed_expectation", failure.expectation(), EXPECTATION_BYTES_MAX);
    }
    bigint("requests", run.measurements().size());
    bigint("failed_requests", run.failedRequests());
    bigint("attempts", run.attempts());
    number("schedule_lag", seconds(result.lag().toNanos()));
    peer(decisive.last().peer(), result.actualStart());
    if (decisive.reply() instanceof Reply.Http http) {
      bigint("content_bytes", http.wireBytes() < 0 ? http.bodyBytes() : http.wireBytes());
    }
    bool("doubtful", run.doubtful());
    return failure == null ? "" : failure.sentence();
  }

  /**
   * The mean over the requests that succeeded; where none did, over those that failed, and then a
   * part that a timeout ended took at least so long. The hops of a request count together.
   */
  private void phases(Run run) {
    List<Measurement> measured =
        run.measurements().stream().filter(Measurement::succeeded).toList();
    if (measured.isEmpty()) {
      measured = run.measurements();
    }
    phase("phase_dns", measured, Phases::dns);
    phase("phase_connect", measured, Phases::connect);
    phase("phase_tls", measured, Phases::tls);
    phase("phase_send", measured, Phases::send);
    phase("phase_wait", measured, Phases::waiting);
    phase("phase_body", measured, Phases::body);
  }

  private void phase(String name, List<Measurement> measured, ToLongFunction<Phases> phase) {
    long total = 0;
    int reached = 0;
    for (Measurement each : measured) {
      boolean here = false;
      for (Hop hop : each.hops()) {
        long nanos = phase.applyAsLong(hop.phases());
        if (nanos != Phases.NOT_REACHED) {
          total += nanos;
          here = true;
        }
      }
      reached += here ? 1 : 0;
    }
    if (reached > 0) {
      number(name, seconds((double) total / reached));
    }
  }

  private void peer(@Nullable Peer peer, Instant now) {
    if (peer == null) {
      return;
    }
    text("address", peer.address(), ADDRESS_BYTES_MAX);
    if (peer.chain() != null) {
      Duration left = Duration.between(now, peer.chain().earliestExpiry());
      bigint("certificate_days", Math.floorDiv(left.getSeconds(), 86_400L));
    }
  }

  private void number(String name, double value) {
    values.add(new Measure.Named(name, new Measure.OfDouble(value)));
  }

  private void bigint(String name, long value) {
    values.add(new Measure.Named(name, new Measure.OfBigint(value)));
  }

  private void bool(String name, boolean value) {
    values.add(new Measure.Named(name, new Measure.OfBoolean(value)));
  }

  private void text(String name, String value, int bytesMax) {
    String fits = RecordSize.cut(value, bytesMax);
    if (!fits.isEmpty()) {
      values.add(new Measure.Named(name, new Measure.OfVarchar(fits)));
    }
  }

  private static double mean(long[] nanos) {
    double total = 0;
    for (long each : nanos) {
      total += each;
    }
    return total / nanos.length;
  }

  /** By nearest rank: one of the values, never one in between. */
  private static long percentile(long[] ascending, int percent) {
    return ascending[(ascending.length * percent + 99) / 100 - 1];
  }

  private static double seconds(double nanos) {
    return nanos / NANOS_PER_SECOND;
  }
}
