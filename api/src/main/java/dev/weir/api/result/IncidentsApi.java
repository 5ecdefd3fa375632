// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.call.ApiCall;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Operation;
import dev.weir.api.call.QueryParameters;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.notice.IncidentReader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /api/v1/incidents}: open and closed ones of all sites that the caller sees, newest first;
 * those of sites that are gone among them. Thread-safe.
 */
public final class IncidentsApi {

  static final int LIMIT_STANDARD = 100;

  private final IncidentReader incidents;

  public IncidentsApi(IncidentReader incidents) {
    this.incidents = incidents;
  }

  /** Its operations. */
  public List<Operation> operations() {
    return List.of(new Operation("GET", "/api/v1/incidents", Role.VIEWER, this::list));
  }

  private Response list(ApiCall call) {
    QueryParameters query = call.query("customer", "site", "open", "after", "limit");
    IncidentReader.Page page =
        incidents.page(
            new IncidentReader.Question(
                query.text("customer").orElse(null),
                call.caller()::sees,
                query.text("site").orElse(null),
                kind(query),
                query.text("after").map(IncidentsApi::place).orElse(null),
                query.whole("limit", LIMIT_STANDARD, 1, IncidentReader.PAGE_MAX)));
    return JsonAnswer.of(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("items");
          page.incidents().forEach(incident -> write(json, incident));
          json.writeEndArray();
          json.writeStringProperty(
              "next", page.next().map(IncidentReader.Place::toString).orElse(null));
          json.writeEndObject();
        });
  }

  /** {@code open} is for the open ones alone, {@code open=false} for the closed ones. */
  private static IncidentReader.Kind kind(QueryParameters query) {
    if (query.flag("open")) {
      return IncidentReader.Kind.OPEN;
    }
    return query.text("open").isPresent() ? IncidentReader.Kind.CLOSED : IncidentReader.Kind.ALL;
  }

  private static IncidentReader.Place place(String after) {
    return IncidentReader.Place.of(after)
        .orElseThrow(() ->
            QueryParameters.refusal(
                "after is the next of a page, not '%s'".formatted(QueryParameters.shown(after))));
  }

  private static void write(JsonGenerator json, Incident incident) {
    json.writeStartObject();
    json.writeStringProperty("id", incident.id());
    json.writeStringProperty("customer", incident.site().customer());
    json.writeStringProperty("site", incident.site().id());
    json.writeStringProperty("region", incident.region());
    json.writeStringProperty("endpoint", incident.endpoint());
    json.writeNumberProperty("start_ms", incident.start().toEpochMilli());
    Numbers.whole(json, "end_ms", millis(incident.end()));
    json.writeStringProperty("error_class", incident.cause().errorClass().spelling());
    json.writeStringProperty("cause", incident.cause().sentence());
    json.writeEndObject();
  }

  private static @Nullable Long millis(@Nullable Instant moment) {
    return moment == null ? null : moment.toEpochMilli();
  }
}
