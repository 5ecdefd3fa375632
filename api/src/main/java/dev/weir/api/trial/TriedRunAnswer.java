// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import dev.weir.api.call.JsonAnswer;
import dev.weir.exchange.Response;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A trial as JSON: times in seconds, null where something was not reached, and no body. */
final class TriedRunAnswer {

  private static final double NANOS = 1e9;
  private static final long DAY_SECONDS = 86_400;

  private final JsonGenerator json;

  private TriedRunAnswer(JsonGenerator json) {
    this.json = json;
  }

  static Response of(Trial trial) {
    return JsonAnswer.of(200, json -> new TriedRunAnswer(json).write(trial));
  }

  private void write(Trial trial) {
    Failure failure = trial.failure();
    Measurement decisive = trial.decisive();
    Hop last = trial.last();
    json.writeStartObject();
    json.writeNumberProperty("at_ms", trial.began().toEpochMilli());
    json.writeBooleanProperty("up", failure == null);
    whole("status", last.status());
    json.writeStringProperty(
        "error_class", (failure == null ? ErrorClass.NONE : failure.errorClass()).spelling());
    text("error", failure == null ? null : failure.sentence());
    text("failed_expectation", failure == null ? null : failure.expectation());
    seconds("latency_s", mean(trial.run().latenciesNanos()));
    phases(decisive.hops());
    whole("certificate_days", days(trial, last.peer()));
    text("address", last.peer() == null ? null : last.peer().address());
    whole("content_bytes", contentBytes(decisive.reply()));
    json.writeNumberProperty("attempts", trial.run().attempts());
    json.writeArrayPropertyStart("hops");
    decisive.hops().forEach(this::hop);
    json.writeEndArray();
    json.writeArrayPropertyStart("requests");
    trial.run().measurements().forEach(this::request);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void hop(Hop hop) {
    json.writeStartObject();
    text("url", hop.target());
    whole("status", hop.status());
    text("address", hop.peer() == null ? null : hop.peer().address());
    phases(List.of(hop));
    json.writeEndObject();
  }

  private void request(Measurement measurement) {
    Failure failure = measurement.failure();
    json.writeStartObject();
    json.writeBooleanProperty("up", failure == null);
    whole("status", measurement.last().status());
    seconds(
        "latency_s",
        failure == null
            ? OptionalDouble.of(measurement.latencyNanos() / NANOS)
            : OptionalDouble.empty());
    text("error", failure == null ? null : failure.sentence());
    json.writeEndObject();
  }

  /** Of hops together: a redirect's parts are parts of the whole. */
  private void phases(List<Hop> hops) {
    json.writeObjectPropertyStart("phases_s");
    phase("dns", hops, Phases::dns);
    phase("connect", hops, Phases::connect);
    phase("tls", hops, Phases::tls);
    phase("send", hops, Phases::send);
    phase("wait", hops, Phases::waiting);
    phase("body", hops, Phases::body);
    json.writeEndObject();
  }

  private void phase(String name, List<Hop> hops, ToLongFunction<Phases> phase) {
    long[] reached =
        hops.stream()
            .mapToLong(hop -> phase.applyAsLong(hop.phases()))
            .filter(nanos -> nanos != Phases.NOT_REACHED)
            .toArray();
    seconds(
        name,
        reached.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Arrays.stream(reached).sum() / NANOS));
  }

  private static OptionalDouble mean(long[] nanos) {
    OptionalDouble mean = Arrays.stream(nanos).average();
    return mean.isEmpty() ? mean : OptionalDouble.of(mean.getAsDouble() / NANOS);
  }

  /** Whole days until the first certificate of the chain ends; negative where it has. */
  private static @Nullable Long days(Trial trial, @Nullable Peer peer) {
    if (peer == null || peer.chain() == null) {
      return null;
    }
    Duration left = Duration.between(trial.began(), peer.chain().earliestExpiry());
    return Math.floorDiv(left.getSeconds(), DAY_SECONDS);
  }

  private static @Nullable Long contentBytes(@Nullable Reply reply) {
    if (!(reply instanceof Reply.Http http)) {
      return null;
    }
    return http.wireBytes() < 0 ? http.bodyBytes() : http.wireBytes();
  }

  private void text(String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }

  private void whole(String name, @Nullable Number value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value.longValue());
    }
  }

  private void seconds(String name, OptionalDouble value) {
    if (value.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      // Some readers of JSON know no exponents.
      json.writeName(name);
      json.writeNumber(BigDecimal.valueOf(value.getAsDouble()).toPlainString());
    }
  }
}
