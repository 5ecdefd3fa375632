// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.connector;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/v1/connector}. Thread-safe. */
public final class ConnectorApi {

  private final Supplier<ConnectorFigures> figures;

  public ConnectorApi(Supplier<ConnectorFigures> figures) {
    this.figures = figures;
  }

  /** Its operation. */
  public List<Operation> operations() {
    return List.of(new Operation("GET", "/api/v1/connector", Role.VIEWER, this::answer));
  }

  /** Who writes, and what the store has, is nothing of one customer's. */
  private Response answer(ApiCall call) {
    call.query();
    if (!call.caller().hasEverywhere(Role.VIEWER)) {
      throw new StoreException(
          StoreException.Kind.DENIED, "this needs the role viewer for all customers");
    }
    ConnectorFigures now = figures.get();
    return JsonAnswer.of(200, json -> write(json, now));
  }

  private static void write(JsonGenerator json, ConnectorFigures now) {
    json.writeStartObject();
    json.writeStringProperty("version", now.version());
    json.writeBooleanProperty("ready", now.ready());
    json.writeStringProperty("message", now.message());
    json.writeNumberProperty("uptime_ms", now.uptime().toMillis());
    json.writeStringProperty("store", now.embedded() ? "embedded" : "timestream");
    json.writeNumberProperty("samples_stored", now.stored());
    Double latest = now.perSecond().isEmpty() ? null : now.perSecond().getLast();
    json.writeNumberProperty("samples_per_s", latest == null ? 0 : latest);
    json.writeArrayPropertyStart("samples_per_s_history");
    for (Double span : now.perSecond()) {
      if (span == null) {
        json.writeNull();
      } else {
        json.writeNumber(span);
      }
    }
    json.writeEndArray();
    array(json, "rejected", now.rejected(), ConnectorApi::write);
    array(json, "requests", now.requests(), ConnectorApi::write);
    write(json, now.upstream());
    json.writeNumberProperty("series", now.series());
    json.writeNumberProperty("store_bytes", now.storeBytes());
    json.writeNumberProperty("queued_points", now.queuedPoints());
    array(json, "writers", now.writers(), ConnectorApi::write);
    Duration ownEvery = now.ownEvery();
    if (ownEvery == null) {
      json.writeNullProperty("own_metrics_every_s");
    } else {
      json.writeNumberProperty("own_metrics_every_s", ownEvery.toSeconds());
    }
    array(json, "doors", now.doors(), ConnectorApi::write);
    json.writeStringProperty("prometheus_yml", now.prometheusYaml());
    json.writeEndObject();
  }

  private static <T> void array(
      JsonGenerator json, String name, List<T> items, BiConsumer<JsonGenerator, T> writing) {
    json.writeArrayPropertyStart(name);
    for (T item : items) {
      json.writeStartObject();
      writing.accept(json, item);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, ConnectorFigures.Rejected rejected) {
    json.writeStringProperty("reason", rejected.reason());
    json.writeNumberProperty("samples", rejected.samples());
  }

  private static void write(JsonGenerator json, ConnectorFigures.Requests requests) {
    json.writeStringProperty("path", requests.path());
    json.writeStringProperty("status", requests.status());
    json.writeNumberProperty("count", requests.count());
  }

  private static void write(JsonGenerator json, ConnectorFigures.@Nullable Upstream upstream) {
    if (upstream == null) {
      json.writeNullProperty("upstream");
      return;
    }
    json.writeObjectPropertyStart("upstream");
    json.writeNumberProperty("calls", upstream.calls());
    json.writeNumberProperty("throttled", upstream.throttled());
    json.writeNumberProperty("failed", upstream.failed());
    millis(json, "p50_ms", upstream.p50Seconds());
    millis(json, "p95_ms", upstream.p95Seconds());
    json.writeNumberProperty("billed_kib", upstream.billedKib());
    json.writeEndObject();
  }

  private static void millis(JsonGenerator json, String name, OptionalDouble seconds) {
    if (seconds.isPresent()) {
      json.writeNumberProperty(name, seconds.getAsDouble() * 1_000);
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void write(JsonGenerator json, ConnectorFigures.Writer writer) {
    json.writeStringProperty("address", writer.address());
    json.writeStringProperty("user_agent", writer.userAgent());
    json.writeNumberProperty("requests", writer.requests());
    json.writeNumberProperty("bytes", writer.bytes());
    json.writeNumberProperty("last_ms", writer.last().toEpochMilli());
  }

  private static void write(JsonGenerator json, ConnectorFigures.Door door) {
    json.writeStringProperty("what", door.what());
    json.writeStringProperty("method", door.method());
    json.writeStringProperty("path", door.path());
    json.writeStringProperty("credentials", door.credentials());
  }
}
