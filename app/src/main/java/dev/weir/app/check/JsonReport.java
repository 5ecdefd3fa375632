// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An outcome as JSON on one line; times in seconds, null where something was not reached. */
final class JsonReport {

  private static final int NANOS_DIGITS = 9;

  private JsonReport() {}

  static String of(Outcome outcome) {
    Measurement measurement = outcome.measurement();
    Hop last = measurement.last();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    put(json, "url", outcome.url());
    put(json, "up", outcome.run().up());
    put(json, "status", last.status());
    putFailure(json, outcome.failure());
    put(json, "headers_s", seconds(Part.headNanos(last)));
    put(json, "total_s", seconds(measurement.latencyNanos()));
    put(json, "phases_s", phases(last));
    putPeer(json, last, outcome);
    put(json, "hops", measurement.hops().stream().map(hop -> hop(hop, outcome)).toList());
    put(json, "requests", outcome.run().measurements().stream().map(JsonReport::request).toList());
    return Json.of(json);
  }

  private static Map<String, @Nullable Object> hop(Hop hop, Outcome outcome) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    put(json, "url", hop.target());
    put(json, "status", hop.status());
    put(json, "headers_s", seconds(Part.headNanos(hop)));
    put(json, "total_s", seconds(hop.phases().totalNanos()));
    put(json, "phases_s", phases(hop));
    putPeer(json, hop, outcome);
    return json;
  }

  private static Map<String, @Nullable Object> request(Measurement measurement) {
    Hop last = measurement.last();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    put(json, "up", measurement.succeeded());
    put(json, "status", last.status());
    putFailure(json, measurement.failure());
    put(json, "headers_s", seconds(Part.headNanos(last)));
    put(json, "total_s", seconds(measurement.latencyNanos()));
    put(json, "phases_s", phases(last));
    return json;
  }

  private static void putFailure(Map<String, @Nullable Object> json, @Nullable Failure failure) {
    put(json, "error_class", (failure == null ? ErrorClass.NONE : failure.errorClass()).spelling());
    put(json, "error", failure == null ? null : failure.sentence());
  }

  private static void putPeer(Map<String, @Nullable Object> json, Hop hop, Outcome outcome) {
    Peer peer = hop.peer();
    put(json, "cert_days", outcome.certificateDays(peer));
    put(json, "address", peer == null ? null : peer.address());
    put(json, "http_version", hop.version());
    put(json, "tls_version", peer == null ? null : peer.tlsVersion());
  }

  private static Map<String, @Nullable Object> phases(Hop hop) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      put(json, part.word(), seconds(part.nanos(hop.phases())));
    }
    return json;
  }

  /** Exact; plain digits, since some readers of JSON know no exponents. */
  private static @Nullable JsonNumber seconds(@Nullable Long nanos) {
    return nanos == null
        ? null
        : new JsonNumber(BigDecimal.valueOf(nanos, NANOS_DIGITS).stripTrailingZeros());
  }

  private record JsonNumber(BigDecimal value) {
    @Override
    public String toString() {
      return value.toPlainString();
    }
  }

  private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
    json.put(name, value);
  }
}
